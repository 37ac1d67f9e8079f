import {patch} from "@web/core/utils/patch";
import {_t} from "@web/core/l10n/translation";
import {AlertDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {ConnectionLostError} from "@web/core/network/rpc";
import OrderPaymentValidation from "@point_of_sale/app/utils/order_payment_validation";
import "@cosmetics_crm_pos/members/order_payment_validation_patch";

const COUPONS = ["coupons", "next_order_coupons"];

patch(OrderPaymentValidation.prototype, {
    /** Rules of coupons are asked for before the money is taken; afterwards nothing can be refused any more. */
    async validateOrder() {
        if (!(await this.checkCoupons())) {
            return false;
        }
        return await super.validateOrder(...arguments);
    },

    /** Return the ids of the coupons whose rewards are on the order. */
    couponIds() {
        const ids = this.order
            ._get_reward_lines()
            .filter((line) => !line.refunded_orderline_id && COUPONS.includes(line.reward_id?.program_id?.program_type))
            .map((line) => line.coupon_id?.id)
            .filter((id) => id > 0);
        return [...new Set(ids)];
    },

    async checkCoupons() {
        const ids = this.couponIds();
        if (!ids.length) {
            return true;
        }
        const partnerId = this.order.getPartner()?.id;
        const args = [this.pos.config.id, this.order.uuid, typeof partnerId === "number" ? partnerId : false, ids];
        let refusal;
        try {
            refusal = await this.pos.data.call("pos.order", "get_coupon_refusal", args);
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
            this.pos.notification.add(
                _t("No connection: the rules of the coupon cannot be asked for. The server checks them later; the store manager is told."),
                {type: "warning"}
            );
            return true;
        }
        if (refusal) {
            this.pos.dialog.add(AlertDialog, {title: _t("The coupon does not go here"), body: refusal});
            return false;
        }
        return true;
    },
});
