/**
 * What a ticket earns and what of it is undone by a return; knows neither the till nor Odoo.
 * `tools/ticket_points.py` says the same on the server, which decides; `ticket_cases.js` holds cases both must answer alike.
 * Money is whole cents, points are whole hundredths ("units").
 */

const EPSILON = 1e6;

/** Return a number of zero or more as a whole one, a hair below a half counting as a half. */
export function halfUp(number) {
    return Math.trunc(Math.round(number * EPSILON) / EPSILON + 0.5);
}

/** Return the part of a total, rounded; the differences of growing parts add up to the total. */
export function share(total, part, whole) {
    if (whole <= 0) {
        return 0;
    }
    return halfUp((total * Math.min(Math.max(part, 0), whole)) / whole);
}

const sum = (numbers) => [...numbers].reduce((total, number) => total + number, 0);

/**
 * Return {ref of a discount: {ref of goods: cents}}.
 * goods: [{ref, amount, quantity, product, untaxed, rules}]; discounts: [{ref, amount, products, pieces}], `products` a Set or nothing.
 */
export function allocate(goods, discounts) {
    const left = Object.fromEntries(goods.map((line) => [line.ref, line.amount]));
    const parts = {};
    const ordered = [...discounts.filter((one) => one.products), ...discounts.filter((one) => !one.products)];
    for (const discount of ordered) {
        const own = discount.products ? goods.filter((line) => discount.products.has(line.product)) : [];
        const taken = spread(discount.amount, own, left);
        const rest = spread(discount.amount - sum(Object.values(taken)), goods, left);
        for (const [ref, cents] of Object.entries(rest)) {
            taken[ref] = (taken[ref] || 0) + cents;
        }
        parts[discount.ref] = taken;
    }
    return parts;
}

function spread(total, lines, left) {
    const whole = sum(lines.map((line) => left[line.ref]));
    total = Math.min(total, whole);
    const taken = {};
    if (total <= 0) {
        return taken;
    }
    let upto = 0;
    let given = 0;
    for (const line of lines) {
        upto += left[line.ref];
        const cents = share(total, upto, whole) - given;
        given += cents;
        if (cents) {
            taken[line.ref] = cents;
        }
    }
    for (const [ref, cents] of Object.entries(taken)) {
        left[ref] -= cents;
    }
    return taken;
}

/** Return {ref: cents} that are paid for each line after the discounts. */
export function paid(goods, parts) {
    const off = (line) => sum(Object.values(parts).map((part) => part[line.ref] || 0));
    return Object.fromEntries(goods.map((line) => [line.ref, line.amount - off(line)]));
}

/**
 * Return {ref of goods: units}: how many points each line earns before any multiplier.
 * rules: [{ref, mode, amount, minimumQuantity, minimumAmount, isMinimumUntaxed}]
 */
export function weigh(goods, parts, rules, discounts = []) {
    const money = paid(goods, parts);
    const free = freePieces(goods, parts, discounts);
    const weights = {};
    for (const rule of rules) {
        const lines = goods.filter((line) => !line.rules || line.rules.has(rule.ref));
        if (!isMet(rule, lines, money)) {
            continue;
        }
        const whole = sum(lines.map((line) => money[line.ref]));
        for (const line of lines) {
            const weight = weightOf(rule, line, money[line.ref], whole, free[line.ref] || 0);
            if (weight > 0) {
                weights[line.ref] = (weights[line.ref] || 0) + weight;
            }
        }
    }
    return weights;
}

function weightOf(rule, line, cents, whole, free) {
    if (rule.mode === "money") {
        return rule.amount * cents;
    }
    if (rule.mode === "unit") {
        return rule.amount * ((line.quantity ?? 1) - free) * 100;
    }
    return whole ? (rule.amount * 100 * cents) / whole : 0;
}

function isMet(rule, lines, money) {
    if (!lines.length || sum(lines.map((line) => line.quantity ?? 1)) < (rule.minimumQuantity || 0)) {
        return false;
    }
    const minimum = rule.minimumAmount || 0;
    if (!rule.isMinimumUntaxed) {
        return sum(lines.map((line) => money[line.ref])) >= minimum;
    }
    const untaxed = sum(lines.filter((line) => line.amount).map((line) => ((line.untaxed ?? line.amount) * money[line.ref]) / line.amount));
    return Math.round(untaxed * EPSILON) / EPSILON >= minimum;
}

function freePieces(goods, parts, discounts) {
    const free = {};
    const quantity = Object.fromEntries(goods.map((line) => [line.ref, line.quantity ?? 1]));
    for (const discount of discounts) {
        let rest = discount.pieces || 0;
        for (const ref of Object.keys(parts[discount.ref] || {})) {
            const pieces = Math.min(rest, quantity[ref] - (free[ref] || 0));
            free[ref] = (free[ref] || 0) + pieces;
            rest -= pieces;
        }
    }
    return free;
}

/** Return the units that a ticket earns. */
export function earned(weights, multiplier = 1) {
    return halfUp(sum(Object.values(weights)) * multiplier);
}

/** Return [part, whole]: how much of the weights the returned goods stand for; fractions: {ref: 0 to 1}. */
export function undone(weights, fractions) {
    const whole = sum(Object.values(weights));
    const part = sum(Object.entries(weights).map(([ref, weight]) => weight * Math.min(Math.max(fractions[ref] || 0, 0), 1)));
    return [part, whole];
}
