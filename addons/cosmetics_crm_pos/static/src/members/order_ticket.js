import {allocate, halfUp} from "./ticket_points";

const STORED_VALUE = ["gift_card", "ewallet"];

export const cents = (amount) => halfUp(amount * 100);

/** Whether the points ledger keeps the cards of a program. */
export function isLedger(program) {
    return program?.program_type === "loyalty" && program.applies_on !== "current";
}

/** Whether the ledger of stored value keeps the cards of a program. */
export function isStored(program) {
    return Boolean(program?.stored_kind);
}

/** Return an order of the till as the plain ticket of `ticket_points.js`: goods, discounts, what was redeemed, and how it spreads. */
export function ticketOf(order) {
    const excluded = excludedProducts(order);
    const goods = order.lines.filter((line) => isGoods(line, order, excluded)).map(goodsOf);
    const rewards = rewardLines(order);
    const discounts = [];
    for (const [code, lines] of Object.entries(rewards)) {
        if (!STORED_VALUE.includes(lines[0].reward_id.program_id?.program_type)) {
            discounts.push(discountOf(code, lines));
        }
    }
    const rebate = order.lines.filter((line) => isRebate(line, order)).reduce((total, line) => total - incl(line), 0);
    if (rebate > 0) {
        discounts.push({ref: "rebate", amount: cents(rebate)});
    }
    return {goods, discounts, rewards, parts: allocate(goods, discounts)};
}

/** Return the rules of a program; those that need a code are none. */
export function rulesOf(program) {
    return program.rule_ids
        .filter((rule) => rule.mode === "auto")
        .map((rule) => ({
            ref: rule.id,
            mode: rule.reward_point_mode,
            amount: rule.reward_point_amount,
            minimumQuantity: rule.minimum_qty,
            minimumAmount: cents(rule.minimum_amount || 0),
            isMinimumUntaxed: rule.minimum_amount_tax_mode === "excl",
        }));
}

export function incl(line) {
    return line.prices.total_included;
}

/** Return {uuid of a line of this sale: part of it that came back}; `except` leaves one return out. */
export function returnedFractions(sale, except = null) {
    const fractions = {};
    for (const line of sale.lines) {
        const back = line.refund_orderline_ids.filter((one) => one.order_id !== except && isDone(one.order_id));
        const pieces = back.reduce((total, one) => total - one.qty, 0);
        if (pieces) {
            fractions[line.uuid] = pieces / line.qty;
        }
    }
    return fractions;
}

/** Return the fractions with what this return brings back on top. */
export function addedFractions(fractions, order) {
    const added = {...fractions};
    for (const line of order.lines.filter((line) => line.refunded_orderline_id)) {
        const sold = line.refunded_orderline_id;
        added[sold.uuid] = (added[sold.uuid] || 0) - line.qty / sold.qty;
    }
    return added;
}

/** Return the reward lines of an order by their code; what a return brings back is none. */
export function rewardLines(order) {
    const byCode = {};
    for (const line of order.lines) {
        if (line.reward_id && !line.refunded_orderline_id && line.qty * line.price_unit < 0) {
            const code = line.reward_identifier_code || line.uuid;
            (byCode[code] ||= []).push(line);
        }
    }
    return byCode;
}

function isDone(order) {
    return order && !["draft", "cancel"].includes(order.state);
}

function excludedProducts(order) {
    const excluded = new Set();
    for (const program of order.models["loyalty.program"].getAll()) {
        if (STORED_VALUE.includes(program.program_type)) {
            program.trigger_product_ids.forEach((product) => excluded.add(product.id));
        }
    }
    if (order.config.tip_product_id) {
        excluded.add(order.config.tip_product_id.id);
    }
    return excluded;
}

function isGoods(line, order, excluded) {
    return (
        !line.reward_id &&
        !line.refunded_orderline_id &&
        !line.combo_parent_id &&
        line.qty > 0 &&
        !excluded.has(line.product_id?.id) &&
        !line.sale_order_origin_id &&
        order.isLineValidForLoyaltyPoints(line) &&
        amountOf(line) > 0
    );
}

function isRebate(line, order) {
    return (
        !line.reward_id &&
        !line.refunded_orderline_id &&
        !line.sale_order_origin_id &&
        order.isLineValidForLoyaltyPoints(line) &&
        incl(line) < 0
    );
}

function amountOf(line, key = "total_included") {
    return [line, ...line.combo_line_ids].reduce((total, one) => total + one.prices[key], 0);
}

function goodsOf(line) {
    const rules = line.models["loyalty.rule"].filter((rule) => rule.any_product || rule.validProductIds?.has(line.product_id.id));
    return {
        ref: line.uuid,
        amount: cents(amountOf(line)),
        untaxed: cents(amountOf(line, "total_excluded")),
        quantity: line.qty,
        product: line.product_id.id,
        rules: new Set(rules.map((rule) => rule.id)),
    };
}

function discountOf(code, lines) {
    const reward = lines[0].reward_id;
    const discount = {ref: code, amount: cents(-lines.reduce((total, line) => total + incl(line), 0))};
    if (reward.reward_type === "product") {
        discount.products = new Set(reward.reward_product_ids.map((product) => product.id));
        discount.pieces = lines.reduce((total, line) => total + line.qty, 0);
    } else if (reward.discount_applicability === "specific") {
        discount.products = new Set(reward.all_discount_product_ids.map((product) => product.id));
    }
    return discount;
}
