import {cents, incl, isLedger, isStored} from "./order_ticket";
import {share} from "./ticket_points";

/** Whether the server keeps the cards of a program, of points or of stored value: the till only asks. */
export const isKept = (program) => isLedger(program) || isStored(program);

/** Return [{line, amount}] of an order that top up stored-value cards. */
export function topUpLines(order) {
    const products = new Set();
    for (const program of order.models["loyalty.program"].filter(isStored)) {
        program.trigger_product_ids.forEach((product) => products.add(product.id));
    }
    return order.lines
        .filter((line) => products.has(line.product_id?.id) && !line.reward_id && !line.refunded_orderline_id && line.qty > 0)
        .map((line) => ({line, amount: incl(line)}));
}

export const topUpTotal = (order) => topUpLines(order).reduce((total, {amount}) => total + amount, 0);

const isPayment = (line) => isStored(line.reward_id?.program_id) && !line.refunded_orderline_id;

/**
 * Return [{line, amount}]: what cards paid of a sale goes back to them with the goods of a return, in cents by payment line.
 * The rest of the return is paid back in money.
 *
 * @param {number} value cents that the goods and discounts of this return are worth
 */
export function paymentsUndone(sale, back, value) {
    const payments = sale.lines.filter(isPayment);
    const whole = cents(sale.lines.filter((line) => !isPayment(line)).reduce((total, line) => total + incl(line), 0));
    const before = returnedBefore(sale, back);
    const found = [];
    let upto = 0;
    for (const line of payments) {
        upto += cents(-incl(line));
        const amount =
            share(upto, before + value, whole) - share(upto, before, whole) - found.reduce((total, one) => total + one.amount, 0);
        if (amount > 0) {
            found.push({line, amount});
        }
    }
    return found;
}

/** Return the cents that earlier returns of a sale were worth. */
function returnedBefore(sale, except) {
    let value = 0;
    for (const line of sale.lines.filter((one) => !isPayment(one))) {
        for (const back of line.refund_orderline_ids) {
            if (back.order_id && back.order_id !== except && !["draft", "cancel"].includes(back.order_id.state)) {
                value -= Math.sign(back.qty * back.price_unit) * Math.abs(incl(back));
            }
        }
    }
    return Math.round(value * 100);
}
