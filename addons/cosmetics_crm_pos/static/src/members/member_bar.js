import {Component} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {usePos} from "@point_of_sale/app/hooks/pos_hook";
import {formatFloat} from "@web/core/utils/numbers";
import {ProductScreen} from "@point_of_sale/app/screens/product_screen/product_screen";

/** The member of the order: tier, points, birthday, and what the clerk may know of skin and taste. */
export class MemberBar extends Component {
    static template = "cosmetics_crm_pos.MemberBar";
    static props = {};

    setup() {
        this.pos = usePos();
    }

    get order() {
        return this.pos.getOrder();
    }

    get partner() {
        return this.order?.getPartner();
    }

    get member() {
        return (this.partner?.is_member && this.partner.till_member) || null;
    }

    get card() {
        const program = this.order.pointsProgram;
        return this.pos.models["loyalty.card"].find(
            (card) => card.partner_id?.id === this.partner.id && program && card.program_id?.id === program.id
        );
    }

    /** Return what can be spent now, without what other sales of this till have taken. */
    get spendable() {
        return this.card ? Math.max((this.card.points || 0) - this.order.pointsUnderway(this.card.id), 0) : 0;
    }

    /** Return the reward that turns points into money, when it can be claimed. */
    get claimable() {
        const program = this.order.pointsProgram;
        return this.order
            .getClaimableRewards()
            .find(({reward}) => reward.program_id.id === program?.id && reward.reward_type === "discount" && !this.isUsed(reward));
    }

    isUsed(reward) {
        return this.order._get_reward_lines().some((line) => line.reward_id?.id === reward.id);
    }

    show(points) {
        return formatFloat(points || 0, {digits: [69, 2], trailingZeros: false});
    }

    day(day) {
        return typeof day === "string" ? day : day.toFormat("yyyy-MM-dd");
    }

    usePoints() {
        const {reward, coupon_id: cardId} = this.claimable;
        this.order.uiState.disabledRewards.delete(reward.id);
        const result = this.order._applyReward(reward, cardId, {});
        if (result !== true) {
            this.pos.notification.add(result, {type: "warning"});
        }
        this.pos.updateRewards();
    }
}

patch(ProductScreen, {components: {...ProductScreen.components, MemberBar}});
