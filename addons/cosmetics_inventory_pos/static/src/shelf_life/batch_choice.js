/**
 * Which batches a line takes, and what they cost. No framework, no store: plain data in, plain data out.
 *
 * A batch is {id, name, expiry, stop, free, band: {name, mustTell, percent}, floor}; `expiry` and `stop` are day numbers or 0.
 */

import {chinaDay} from "./china_day";

const EPSILON = 1e-6;

/** Return the batches that may be sold on a day, first-expiring first; those without a date last. */
export function sellable(batches, today = chinaDay()) {
    return batches
        .filter((batch) => !batch.stop || batch.stop > today)
        .sort((a, b) => (a.expiry || Infinity) - (b.expiry || Infinity) || a.id - b.id);
}

/**
 * Return [{batch, quantity}] for a quantity: from the preferred batch first, the rest from the first-expiring ones, and never more
 * than there is.
 *
 * @param {Array} batches sellable batches, first-expiring first
 * @param {number} quantity pieces wanted
 * @param {Object} used pieces other lines take, by batch id
 * @param {number} [preferred] id of the batch the line holds already
 */
export function spread(batches, quantity, used = {}, preferred = 0) {
    const first = batches.filter((batch) => batch.id === preferred);
    const rest = batches.filter((batch) => batch.id !== preferred);
    const parts = [];
    for (const batch of [...first, ...rest]) {
        const part = Math.min(quantity, batch.free - (used[batch.id] || 0));
        if (part > EPSILON) {
            parts.push({batch, quantity: part});
            quantity -= part;
        }
    }
    return parts;
}

/** Return the pieces of all parts together. */
export function total(parts) {
    return parts.reduce((sum, part) => sum + part.quantity, 0);
}

/**
 * Return the price of a batch whose band marks it down: the same rule as on the server, never below the floor and never above the
 * price it started from.
 */
export function markedDown(price, percent, floor, digits = 2) {
    const unit = 10 ** digits;
    // Half a cent up, as the server rounds; the nudge takes off what binary fractions leave.
    const wanted = Math.round((price * (100 - percent) * unit) / 100 + EPSILON) / unit;
    if (!percent || wanted >= price) {
        return price;
    }
    return wanted >= floor ? wanted : Math.min(floor, price);
}
