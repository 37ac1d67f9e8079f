import {patch} from "@web/core/utils/patch";
import {_t} from "@web/core/l10n/translation";
import {TicketScreen} from "@point_of_sale/app/screens/ticket_screen/ticket_screen";
import {paymentsUndone} from "./stored_value";
import "@pos_loyalty/app/screens/ticket_screen/ticket_screen";

patch(TicketScreen.prototype, {
    /** Discounts go back with their goods: nobody chooses them. */
    _onUpdateSelectedOrderline() {
        const line = this.getSelectedOrder()?.lines.find((one) => one.id == this.getSelectedOrderlineId());
        if (line?.reward_id && !this._isEWalletGiftCard(line)) {
            this.notification.add(_t("Discounts and points go back by themselves with the goods they were given for."));
            return this.numberBuffer.reset();
        }
        return super._onUpdateSelectedOrderline(...arguments);
    },

    /** Put on the return what of the discounts of the sale belongs to its goods, and what goes back to the cards that paid. */
    postRefund(destinationOrder) {
        super.postRefund(...arguments);
        const sale = destinationOrder.lines.find((line) => line.refunded_orderline_id)?.refunded_orderline_id.order_id;
        if (!sale) {
            return;
        }
        for (const back of destinationOrder.discountsUndone(sale)) {
            this._addUndone(destinationOrder, back);
        }
        const value = Math.round(-destinationOrder.lines.reduce((total, line) => total + line.prices.total_included, 0) * 100);
        for (const back of paymentsUndone(sale, destinationOrder, value)) {
            this._addUndone(destinationOrder, back);
        }
    },

    _addUndone(order, {line, amount}) {
        const whole = -line.prices.total_included;
        this.pos.models["pos.order.line"].create({
            qty: -1,
            price_unit: (line.price_unit * line.qty * amount) / 100 / whole,
            product_id: line.product_id,
            order_id: order,
            tax_ids: line.tax_ids.map((tax) => ["link", tax]),
            refunded_orderline_id: line,
            price_type: "manual",
        });
    },
});
