import {patch} from "@web/core/utils/patch";
import {_t} from "@web/core/l10n/translation";
import {ConnectionLostError} from "@web/core/network/rpc";
import {PosStore} from "@point_of_sale/app/services/pos_store";
import {isLedger, isStored} from "./order_ticket";
import {loyaltyIdsGenerator} from "@pos_loyalty/app/services/pos_store";

// How long what the server said of a member stands before the till asks again.
const FRESH = 20_000;

patch(PosStore.prototype, {
    async setup() {
        this.membersAskedAt = new Map();
        await super.setup(...arguments);
    },

    // ------------------------------------------------------------------ members

    /** Ask the server for members by what was typed or scanned; without a connection there is nothing but what is loaded. */
    async findMembers(text) {
        return await this.askMembers("find_till_members", [text]);
    },

    /** Bring a member and the cards to what the server knows; return whether it could be asked. */
    async refreshMember(partner, isForced = false) {
        if (!partner || typeof partner.id !== "number") {
            return false;
        }
        if (!isForced && Date.now() - (this.membersAskedAt.get(partner.id) || 0) < FRESH) {
            return true;
        }
        this.membersAskedAt.set(partner.id, Date.now());
        const found = await this.askMembers("read_till_member", [partner.id]);
        if (!found) {
            this.membersAskedAt.delete(partner.id);
        }
        return Boolean(found);
    },

    /** Call a method of members; return the records it loaded, or null without a connection. */
    async askMembers(method, args) {
        try {
            return await this.data.callRelated("res.partner", method, [this.config.id, ...args], {}, false);
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                return null;
            }
            throw error;
        }
    },

    setPartnerToCurrentOrder(partner) {
        super.setPartnerToCurrentOrder(...arguments);
        this.showMember(partner);
    },

    /** Show a member with the figures of now, and what they change for the order. */
    async showMember(partner) {
        if (partner && (await this.refreshMember(partner))) {
            await this.updatePrograms();
            this.updateRewards();
        }
    },

    // ------------------------------------------------------------------ cards

    /** Old sales bring cards of programs that have ended; core's list of customers breaks on them. */
    getLoyaltyCards() {
        return super.getLoyaltyCards(...arguments).filter((card) => card?.program_id);
    },

    /** A card that cannot be asked for begins at nothing: nothing can be spent of it, and what is earned the server adds. */
    async fetchLoyaltyCard(programId, partnerId) {
        try {
            return await super.fetchLoyaltyCard(...arguments);
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
            return this.models["loyalty.card"].create({
                id: loyaltyIdsGenerator(),
                code: null,
                program_id: this.models["loyalty.program"].get(programId),
                partner_id: this.models["res.partner"].get(partnerId),
                points: 0,
                expiration_date: null,
            });
        }
    },

    // ------------------------------------------------------------------ after the sale

    async postSyncAllOrders(orders) {
        const wanted = new Map(orders.map((order) => [order.uuid, sum(order.pointsRedeemed(isLedger))]));
        const cards = new Map(orders.map((order) => [order.uuid, sum(order.pointsRedeemed(isStored))]));
        await super.postSyncAllOrders(...arguments);
        for (const order of orders.filter((order) => order.finalized && order.partner_id?.is_member)) {
            const redeemed = wanted.get(order.uuid);
            if (redeemed && redeemed > (order.points_spent || 0) + 0.001) {
                this.notification.add(
                    _t("%(order)s: %(missing)s points were not there any more. The store manager decides what becomes of them.", {
                        order: order.pos_reference,
                        missing: Math.round((redeemed - (order.points_spent || 0)) * 100) / 100,
                    }),
                    {type: "danger", sticky: true}
                );
            }
            this.refreshMember(order.partner_id, true);
        }
        for (const order of orders.filter((order) => order.finalized)) {
            const missing = (cards.get(order.uuid) || 0) - Math.max(order.stored_paid || 0, 0);
            if (missing > 0.001) {
                this.notification.add(
                    _t("%(order)s: %(missing)s was not on the card any more. The store manager decides what becomes of it.", {
                        order: order.pos_reference,
                        missing: missing.toFixed(2),
                    }),
                    {type: "danger", sticky: true}
                );
            }
        }
    },
});

const sum = (points) => Object.values(points).reduce((total, one) => total + one, 0);
