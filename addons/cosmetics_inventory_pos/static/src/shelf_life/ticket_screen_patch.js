import {patch} from "@web/core/utils/patch";
import {TicketScreen} from "@point_of_sale/app/screens/ticket_screen/ticket_screen";

patch(TicketScreen.prototype, {
    /** Returned goods come back under the batch they were sold under, with its day; also at the second return of a line. */
    postRefund(destinationOrder) {
        super.postRefund(...arguments);
        for (const line of destinationOrder.lines) {
            const sold = line.refunded_orderline_id?.batchPack;
            if (!sold || line.product_id.tracking !== "lot") {
                continue;
            }
            for (const pack of [...line.pack_lot_ids]) {
                pack.delete();
            }
            line.models["pos.pack.operation.lot"].create({
                lot_name: sold.lot_name,
                expiration_on: sold.expiration_on,
                is_near_expiry: sold.is_near_expiry,
                choice: sold.choice,
                pos_order_line_id: line,
            });
        }
    },
});
