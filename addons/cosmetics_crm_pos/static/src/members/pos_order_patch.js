import {patch} from "@web/core/utils/patch";
import {_t} from "@web/core/l10n/translation";
import {PosOrder} from "@point_of_sale/app/models/pos_order";
import {addedFractions, cents, incl, isLedger, isStored, returnedFractions, rulesOf, ticketOf} from "./order_ticket";
import {isKept, topUpTotal} from "./stored_value";
import {earned, share, undone, weigh} from "./ticket_points";
import "@pos_loyalty/app/models/pos_order";

const round = (points) => Math.round(points * 100) / 100;

patch(PosOrder.prototype, {
    // ------------------------------------------------------------------ what the order earns

    /** The server decides by the same rules (`tools/ticket_points.py`); here the clerk and the customer see it before. */
    pointsForPrograms(programs) {
        const result = super.pointsForPrograms(programs.filter((program) => !isLedger(program)));
        for (const program of programs.filter(isLedger)) {
            const points = this.pointsEarned(program);
            result[program.id] = points ? [{points}] : [];
        }
        return result;
    },

    /** Return the points this order adds to the card, negative for what it brings back. */
    pointsEarned(program) {
        const partner = this.getPartner();
        let units = 0;
        if (partner?.is_member) {
            const ticket = ticketOf(this);
            const weights = weigh(ticket.goods, ticket.parts, rulesOf(program), ticket.discounts);
            units = earned(weights, partner.till_member?.multiplier ?? 1);
        }
        return (units - this.unitsUndone("points_earned", (ticket) => this.earnedWeights(ticket, program))) / 100;
    },

    earnedWeights(ticket, program) {
        return weigh(ticket.goods, ticket.parts, rulesOf(program), ticket.discounts);
    },

    /** Return the points this order takes off the card, negative for what it gives back. */
    pointsSpent(program) {
        const spent = this._get_reward_lines()
            .filter((line) => line.reward_id?.program_id?.id === program.id && !line.refunded_orderline_id)
            .reduce((total, line) => total + line.points_cost, 0);
        return round(spent - this.unitsUndone("points_spent", (ticket) => this.paidWeights(ticket, program)) / 100);
    },

    /** Return {uuid of goods: cents} that points of a program paid for. */
    paidWeights(ticket, program) {
        const weights = {};
        for (const [code, lines] of Object.entries(ticket.rewards)) {
            if (lines[0].reward_id.program_id?.id === program.id) {
                for (const [ref, part] of Object.entries(ticket.parts[code] || {})) {
                    weights[ref] = (weights[ref] || 0) + part;
                }
            }
        }
        return weights;
    },

    /** Return the units of what a sale earned or spent that this return undoes: its share, less what was undone before. */
    unitsUndone(field, weightsOf) {
        const sale = this.lines.find((line) => line.refunded_orderline_id)?.refunded_orderline_id.order_id;
        if (!sale) {
            return 0;
        }
        const total = cents(Math.max(sale[field] || 0, 0));
        const weights = weightsOf(ticketOf(sale));
        const before = returnedFractions(sale, this);
        const [partBefore, whole] = undone(weights, before);
        const [part] = undone(weights, addedFractions(before, this));
        return share(total, part, whole) - share(total, partBefore, whole);
    },

    /** What points rewards give away is taken into account above. */
    _getPointsCorrection(program) {
        return isLedger(program) ? 0 : super._getPointsCorrection(...arguments);
    },

    _programIsApplicable(program) {
        return super._programIsApplicable(...arguments) && (!isLedger(program) || Boolean(this.getPartner()?.is_member));
    },

    // ------------------------------------------------------------------ what may be spent

    /** Return {id of a card: points, or yuan of stored value} this order redeems. */
    pointsRedeemed(isMeant = isKept) {
        const redeemed = {};
        for (const line of this._get_reward_lines()) {
            const card = line.coupon_id;
            if (card && isMeant(line.reward_id?.program_id) && !line.refunded_orderline_id) {
                redeemed[card.id] = (redeemed[card.id] || 0) + line.points_cost;
            }
        }
        return redeemed;
    },

    /** Return what other sales of this till have spent of a card and the server does not know yet. */
    pointsUnderway(cardId) {
        return this.models["pos.order"]
            .filter((order) => order !== this && order.finalized && !order.isSynced && order.state !== "cancel")
            .reduce((total, order) => total + (order.pointsRedeemed()[cardId] || 0), 0);
    },

    /** Points that this order earns do not pay for it: they may be taken back. */
    _getRealCouponPoints(couponId) {
        const card = this.models["loyalty.card"].get(couponId);
        if (!isKept(card?.program_id)) {
            return super._getRealCouponPoints(...arguments);
        }
        return round((card.points || 0) - this.pointsUnderway(couponId) - (this.pointsRedeemed()[couponId] || 0));
    },

    /** Return the money that points of a program may still pay: a part of the goods, other discounts taken off. */
    pointsLimit(program) {
        const ticket = ticketOf(this);
        const goods = ticket.goods.reduce((total, line) => total + line.amount, 0);
        let others = 0;
        let own = 0;
        for (const [code, part] of Object.entries(ticket.parts)) {
            const total = Object.values(part).reduce((sum, amount) => sum + amount, 0);
            const reward = ticket.rewards[code]?.[0].reward_id;
            if (!isLedger(reward?.program_id)) {
                others += total;
            } else if (reward.program_id.id === program.id && reward.reward_type === "discount" && reward.discount_mode !== "percent") {
                own += total;
            }
        }
        const limit = cents((Math.max(goods - others, 0) / 100) * ((program.points_redeem_cap ?? 100) / 100));
        return Math.max(limit - own, 0) / 100;
    },

    /** Neither a discount nor a card pays for a top-up. */
    _getDiscountableOnOrder(reward) {
        const found = super._getDiscountableOnOrder(...arguments);
        const discountable = Math.max(round(found.discountable - topUpTotal(this)), 0);
        const factor = found.discountable ? discountable / found.discountable : 1;
        const taxes = Object.entries(found.discountablePerTax).map(([tax, amount]) => [tax, amount * factor]);
        return this.capPoints(reward, {discountable, discountablePerTax: Object.fromEntries(taxes)});
    },

    _getDiscountableOnCheapest(reward) {
        return this.capPoints(reward, super._getDiscountableOnCheapest(...arguments));
    },

    _getDiscountableOnSpecific(reward) {
        return this.capPoints(reward, super._getDiscountableOnSpecific(...arguments));
    },

    capPoints(reward, {discountable, discountablePerTax}) {
        if (!isLedger(reward.program_id) || reward.discount_mode === "percent") {
            return {discountable, discountablePerTax};
        }
        const limit = this.pointsLimit(reward.program_id);
        if (discountable <= limit) {
            return {discountable, discountablePerTax};
        }
        const entries = Object.entries(discountablePerTax).map(([tax, amount]) => [tax, (amount * limit) / discountable]);
        return {discountable: limit, discountablePerTax: Object.fromEntries(entries)};
    },

    /** A gift for points costs its points whatever the goods earn. */
    _isRewardProductPartOfRules(reward) {
        return !isLedger(reward.program_id) && super._isRewardProductPartOfRules(...arguments);
    },

    _computePotentialFreeProductQty(reward, product, remainingPoints) {
        if (isLedger(reward.program_id)) {
            return remainingPoints >= reward.required_points ? reward.reward_product_qty : 0;
        }
        return super._computePotentialFreeProductQty(...arguments);
    },

    // ------------------------------------------------------------------ what is shown

    get pointsProgram() {
        return this.models["loyalty.program"].find(isLedger);
    },

    getLoyaltyPoints() {
        const others = super.getLoyaltyPoints().filter((stat) => !isLedger(stat.program));
        const own = this.pointsStat();
        return own ? [own, ...others] : others;
    },

    /** Return {balance} of the customer's stored value, less what other sales of this till hold; null without a card. */
    get storedValue() {
        const partner = this.getPartner();
        const card = this.models["loyalty.card"].find((one) => partner && one.partner_id?.id === partner.id && isStored(one.program_id));
        return card ? {balance: Math.max(round((card.points || 0) - this.pointsUnderway(card.id)), 0)} : null;
    },

    isPointsBooked() {
        return this.finalized && this.isSynced;
    },

    /** Return what receipt and screen say about points: what the server booked, or until then what it will book. */
    pointsStat() {
        const program = this.pointsProgram;
        const partner = this.getPartner();
        if (!program || !partner) {
            return null;
        }
        const card = this.models["loyalty.card"].find((one) => one.partner_id?.id === partner.id && one.program_id?.id === program.id);
        const isBooked = this.isPointsBooked();
        const won = isBooked ? this.points_earned || 0 : this.pointsEarned(program);
        const spent = isBooked ? this.points_spent || 0 : this.pointsSpent(program);
        const start = card ? round((card.points || 0) - this.pointsUnderway(card.id)) : 0;
        const total = isBooked ? this.points_balance || 0 : round(start + won - spent);
        return {
            couponId: card?.id || 0,
            program,
            points: {
                won: round(won),
                spent: round(spent),
                total,
                balance: this.finalized ? total : start,
                name: program.portal_visible ? program.portal_point_name : _t("Points"),
            },
        };
    },

    /**
     * Return [{line, amount}]: what of the discounts of the sale goes back with the goods of this return, by reward line.
     * Without it a customer would get more money back than was paid.
     */
    discountsUndone(sale) {
        const ticket = ticketOf(sale);
        const before = returnedFractions(sale, this);
        const after = addedFractions(before, this);
        const back = [];
        for (const discount of ticket.discounts) {
            const lines = ticket.rewards[discount.ref] || [];
            const weights = ticket.parts[discount.ref];
            const [partBefore, whole] = undone(weights, before);
            const [part] = undone(weights, after);
            let amount = 0;
            for (const line of lines) {
                amount += cents(-incl(line));
                const upto = share(amount, part, whole) - share(amount, partBefore, whole);
                const given = back.filter((one) => lines.includes(one.line)).reduce((total, one) => total + one.amount, 0);
                if (upto - given) {
                    back.push({line, amount: upto - given});
                }
            }
        }
        return back;
    },
});
