import {patch} from "@web/core/utils/patch";
import {_t} from "@web/core/l10n/translation";
import {AlertDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {ConnectionLostError} from "@web/core/network/rpc";
import OrderPaymentValidation from "@point_of_sale/app/utils/order_payment_validation";
import "@pos_loyalty/app/utils/order_payment_validation";

patch(OrderPaymentValidation.prototype, {
    /** Points are asked for before the money is taken. Core goes on whatever goes wrong with that; here the clerk hears of it. */
    async validateOrder() {
        if (!(await this.checkPoints())) {
            return false;
        }
        return await super.validateOrder(...arguments);
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
                this.tellPointsMissing(redeemed[id], left, isAsked);
                return false;
            }
        }
        if (!isAsked) {
            this.pos.notification.add(
                _t("No connection: points are redeemed by the balance this till knows. The server checks it later."),
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

    tellPointsMissing(wanted, left, isAsked) {
        const figures = {wanted, left};
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
