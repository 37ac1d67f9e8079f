import {patch} from "@web/core/utils/patch";
import {PosOrder} from "@point_of_sale/app/models/pos_order";

patch(PosOrder.prototype, {
    /** Give every line the price of the band of its batch. */
    applyBandPrices() {
        for (const line of this.lines) {
            line.applyBandPrice();
        }
    },

    setPricelist() {
        super.setPricelist(...arguments);
        this.applyBandPrices();
    },

    /** Whoever turns to another line has finished typing: the lines that took the rest stand on their own. */
    selectOrderline(line) {
        if (line?.uuid !== this.uiState.selected_orderline_uuid) {
            for (const other of this.lines) {
                delete other.uiState.followsUuid;
            }
        }
        super.selectOrderline(...arguments);
    },
});
