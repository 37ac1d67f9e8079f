import {patch} from "@web/core/utils/patch";
import {_t} from "@web/core/l10n/translation";
import {AlertDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {ConnectionLostError} from "@web/core/network/rpc";
import OrderPaymentValidation from "@point_of_sale/app/utils/order_payment_validation";
import {isStored} from "./order_ticket";
import {topUpLines} from "./stored_value";
import "@pos_loyalty/app/utils/order_payment_validation";

patch(OrderPaymentValidation.prototype, {
    /** Points are asked for before the money is taken. Core goes on whatever goes wrong with that; here the clerk hears of it. */
    async validateOrder() {
        if (!(await this.checkTopUps()) || !(await this.checkPoints())) {
            return false;
        }
        return await super.validateOrder(...arguments);
    },

    /** What a card may hold, and who may buy it, is asked for before the money is taken; without a connection no top-up is sold. */
    async checkTopUps() {
        const lines = topUpLines(this.order);
        if (!lines.length) {
            return true;
        }
        const products = lines.map(({line, amount}) => [line.product_id.id, amount]);
        const isCash = this.order.payment_ids.some((payment) => payment.payment_method_id.is_cash_count);
        const partner = this.order.getPartner();
        let refusals;
        try {
            const args = [this.pos.config.id, partner?.id || false, products, isCash];
            refusals = await this.pos.data.call("pos.order", "check_stored_top_up", args);
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
            refusals = [_t("There is no connection: top-ups are sold when the till is connected again.")];
        }
        if (refusals.length) {
            this.pos.dialog.add(AlertDialog, {title: _t("This top-up cannot be sold"), body: refusals.join("\n")});
        }
        return !refusals.length;
    },

    async checkPoints() {
        const redeemed = this.order.pointsRedeemed();
        const ids = Object.keys(redeemed).map(Number);
        if (!ids.length) {
            return true;
        }
        const isAsked = await this.askPointsLeft(ids);
        for (const id of ids) {
            const card = this.pos.models["loyalty.card"].get(id);
            const left = Math.max((card?.points || 0) - this.order.pointsUnderway(id), 0);
            if (redeemed[id] > left + 0.001) {
                this.tellPointsMissing(redeemed[id], left, isAsked, isStored(card?.program_id));
                return false;
            }
        }
        if (!isAsked) {
            this.pos.notification.add(
                _t("No connection: points and cards are used by the balance this till knows. The server checks it later."),
                {type: "warning"}
            );
        }
        return true;
    },

    /** Bring the cards of this till to what the server says; return false when it cannot be asked. Any other error is shown. */
    async askPointsLeft(ids) {
        let left;
        try {
            left = await this.pos.data.call("pos.order", "get_points_left", [ids]);
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                return false;
            }
            throw error;
        }
        for (const id of ids) {
            const card = this.pos.models["loyalty.card"].get(id);
            if (card) {
                card.points = left[id] ?? 0;
            }
        }
        return true;
    },

    tellPointsMissing(wanted, left, isAsked, isCard) {
        const figures = {wanted, left};
        if (isCard) {
            this.pos.dialog.add(AlertDialog, {
                title: _t("Not enough on the card"),
                body: _t("%(wanted)s is to be paid with the card, %(left)s is on it. Take the payment off and use the card again.", {
                    wanted: wanted.toFixed(2),
                    left: left.toFixed(2),
                }),
            });
            this.pos.updateRewards();
            return;
        }
        this.pos.dialog.add(AlertDialog, {
            title: _t("Not enough points"),
            body: isAsked
                ? _t("%(wanted)s points are to be redeemed, %(left)s can be spent now. Take the reward off and redeem again.", figures)
                : _t(
                      "There is no connection, and by what this till knows only %(left)s of %(wanted)s points are there. Take the reward off.",
                      figures
                  ),
        });
        this.pos.updateRewards();
    },
});
