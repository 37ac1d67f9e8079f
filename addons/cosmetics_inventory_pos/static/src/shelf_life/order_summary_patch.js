import {patch} from "@web/core/utils/patch";
import {OrderSummary} from "@point_of_sale/app/screens/product_screen/order_summary/order_summary";

patch(OrderSummary.prototype, {
    /** A return keeps the batch it was sold under; a sale may take another. */
    async editPackLotLines(line) {
        if (line.isBatchChosen && !line.refunded_orderline_id) {
            return await this.pos.chooseBatch(line);
        }
        return await super.editPackLotLines(...arguments);
    },
});
