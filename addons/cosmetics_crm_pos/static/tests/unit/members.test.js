import {describe, expect, test} from "@odoo/hoot";
import {ConnectionLostError} from "@web/core/network/rpc";
import {setupPosEnv} from "@point_of_sale/../tests/unit/utils";
import {definePosModels} from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";
import {PosOrder} from "@point_of_sale/app/models/pos_order";
import {paymentsUndone, topUpTotal} from "@cosmetics_crm_pos/members/stored_value";
import OrderPaymentValidation from "@point_of_sale/app/utils/order_payment_validation";

definePosModels();
describe.current.tags("desktop");

/** Return a till with a member who has `points`: one point a yuan, a hundred pay one; the goods cost `price` without tax. */
async function setupTill({points = 5000, price = 100, multiplier = 1} = {}) {
    const store = await setupPosEnv();
    const models = store.models;
    const program = models["loyalty.program"].get(1);
    program.pricelist_ids = [["clear"]];
    program.points_redeem_cap = 100;
    program.is_nominative = true;
    Object.assign(models["loyalty.rule"].get(1), {reward_point_mode: "money", reward_point_amount: 1});
    for (const other of models["loyalty.program"].filter((one) => one.id !== 1)) {
        other.delete();
    }
    const reward = models["loyalty.reward"].get(1);
    const discount = models["product.product"].get(1);
    discount.taxes_id = [["clear"]];
    Object.assign(reward, {
        discount_mode: "per_point",
        discount: 0.01,
        required_points: 1,
        is_global_discount: false,
        discount_line_product_id: discount,
    });
    program.reward_ids = [["link", reward]];
    const partner = models["res.partner"].get(3);
    Object.assign(partner, {
        is_member: true,
        till_member: {number: "M000123", phone: "138****1234", initials: "zxh", pinyin: "", multiplier},
    });
    const card = models["loyalty.card"].get(1);
    Object.assign(card, {partner_id: partner, program_id: program, points});
    const template = models["product.template"].get(5);
    const product = template.product_variant_ids[0];
    const newOrder = async (qty = 1) => {
        const order = store.addNewOrder();
        order.setPartner(partner);
        const line = await store.addLineToOrder({product_tmpl_id: template, product_id: product, qty, price_unit: price}, order);
        line.tax_ids = [["clear"]];
        order.uiState.couponPointChanges = {[card.id]: {coupon_id: card.id, program_id: program.id, points: 0}};
        return order;
    };
    return {store, models, program, reward, partner, card, newOrder};
}

const redeem = (order, {reward, card}) => order._applyReward(reward, card.id, {});

test("a member's order shows what it earns, multiplied; a guest's shows nothing", async () => {
    const {program, partner, newOrder} = await setupTill({multiplier: 1.5});
    const order = await newOrder(2);
    expect(order.pointsForPrograms([program])).toEqual({1: [{points: 300}]});
    partner.is_member = false;
    expect(order.pointsForPrograms([program])).toEqual({1: []});
    expect(order._programIsApplicable(program)).toBe(false);
});

test("points pay, and what they pay earns nothing", async () => {
    const till = await setupTill({points: 3000});
    const order = await till.newOrder();
    expect(redeem(order, till)).toBe(true);
    expect(order.pointsRedeemed()).toEqual({1: 3000});
    expect(order.pointsSpent(till.program)).toBe(3000);
    expect(order.pointsEarned(till.program)).toBe(70);
    expect(order.pointsStat().points).toEqual({won: 70, spent: 3000, total: 70, balance: 3000, name: "Points"});
});

test("points that an order earns do not pay for it", async () => {
    const till = await setupTill({points: 0});
    const order = await till.newOrder();
    order.uiState.couponPointChanges[till.card.id].points = 100;
    expect(order._getRealCouponPoints(till.card.id)).toBe(0);
    expect(redeem(order, till)).not.toBe(true);
});

test("points pay no more than the program allows", async () => {
    const till = await setupTill({points: 9000});
    till.program.points_redeem_cap = 30;
    const order = await till.newOrder();
    redeem(order, till);
    expect(order.pointsRedeemed()).toEqual({1: 3000});
    expect(order.pointsLimit(till.program)).toBe(0);
});

test("a sale that the server does not know yet holds its points", async () => {
    const till = await setupTill({points: 3000});
    const first = await till.newOrder();
    redeem(first, till);
    first.state = "paid";
    const second = await till.newOrder();
    expect(second.pointsUnderway(till.card.id)).toBe(3000);
    expect(second._getRealCouponPoints(till.card.id)).toBe(0);
});

test("a booked order says what the server booked", async () => {
    const {newOrder} = await setupTill();
    const order = await newOrder();
    Object.assign(order, {state: "paid", points_earned: 96, points_spent: 400, points_balance: 1234});
    patchWithCleanup(PosOrder.prototype, {
        isPointsBooked() {
            return true;
        },
    });
    const [stat] = order.getLoyaltyPoints();
    expect(stat.points).toEqual({won: 96, spent: 400, total: 1234, balance: 1234, name: "Points"});
});

test("goods that come back bring their discount and their points", async () => {
    const till = await setupTill({points: 6000});
    const sale = await till.newOrder(3);
    redeem(sale, till);
    Object.assign(sale, {state: "paid", points_earned: 240, points_spent: 6000});
    const bring = (quantity) => {
        const back = till.store.addNewOrder();
        back.setPartner(till.partner);
        back.is_refund = true;
        till.models["pos.order.line"].create({
            order_id: back,
            product_id: sale.lines[0].product_id,
            qty: -quantity,
            price_unit: 100,
            refunded_orderline_id: sale.lines[0],
        });
        return back;
    };
    const first = bring(1);
    expect(first.discountsUndone(sale).map(({amount}) => amount)).toEqual([2000]);
    expect([first.pointsEarned(till.program), first.pointsSpent(till.program)]).toEqual([-80, -2000]);
    first.state = "paid";
    const rest = bring(2);
    expect(rest.discountsUndone(sale).map(({amount}) => amount)).toEqual([4000]);
    expect([rest.pointsEarned(till.program), rest.pointsSpent(till.program)]).toEqual([-160, -4000]);
});

test("members are found without a connection by card, tail and initials", async () => {
    const {partner} = await setupTill();
    for (const text of ["m000123", "1234", "zxh"]) {
        expect(partner.searchString.toLowerCase()).toInclude(text);
    }
    expect(partner.exactMatch("m000123")).toBe(true);
});

/** Return a validation of an order that redeems 3,000 points, with what was shown; `ask` stands for the server. */
async function setupValidation(points, ask) {
    const till = await setupTill({points: 3000});
    const order = await till.newOrder();
    redeem(order, till);
    till.card.points = points;
    const shown = [];
    till.store.dialog.add = (_component, props) => shown.push(props.title);
    till.store.notification.add = (_text, {type}) => shown.push(type);
    till.store.data.call = async (_model, method) => ask(method, till);
    return {validation: new OrderPaymentValidation({pos: till.store, orderUuid: order.uuid}), shown, till};
}

test("points spent elsewhere meanwhile stop the payment, and the till learns the balance", async () => {
    const {validation, shown, till} = await setupValidation(3000, (_method, {card}) => ({[card.id]: 200}));
    expect(await validation.checkPoints()).toBe(false);
    expect(shown).toHaveLength(1);
    expect(till.card.points).toBe(200);
});

const lost = () => {
    throw new ConnectionLostError();
};

test("without a connection the balance of the till decides, and the clerk is told", async () => {
    const {validation, shown} = await setupValidation(3000, lost);
    expect(await validation.checkPoints()).toBe(true);
    expect(shown).toEqual(["warning"]);
});

test("without a connection more than the balance of the till is refused", async () => {
    const {validation, shown} = await setupValidation(2999, lost);
    expect(await validation.checkPoints()).toBe(false);
    expect(shown).toHaveLength(1);
});

test("an error of the server is not swallowed", async () => {
    const {validation} = await setupValidation(3000, () => {
        throw new Error("broken");
    });
    await expect(validation.validateOrder()).rejects.toThrow("broken");
});

test("a member whose card cannot be asked for begins at nothing", async () => {
    const {store, partner, program, card} = await setupTill();
    card.delete();
    store.data.searchRead = async () => {
        throw new ConnectionLostError();
    };
    const local = await store.fetchLoyaltyCard(program.id, partner.id);
    expect([local.points, local.partner_id.id, local.id < 0]).toEqual([0, partner.id, true]);
});

test("a card whose program has ended is not listed", async () => {
    const {store, partner, program, card} = await setupTill();
    store.computePartnerCouponIds([card]);
    expect(store.getLoyaltyCards(partner)).toHaveLength(1);
    program.delete();
    expect(store.getLoyaltyCards(partner)).toHaveLength(0);
});

// ---------------------------------------------------------------------- stored value

/** Return a till whose program holds stored value: the member has `points` yuan on the card. */
async function setupStored(points, price = 100) {
    const till = await setupTill({points, price});
    Object.assign(till.program, {program_type: "ewallet", applies_on: "future", stored_kind: "named", trigger_product_ids: []});
    till.reward.discount = 1;
    return till;
}

test("a card pays what is on it, less what other sales of the till hold", async () => {
    const till = await setupStored(150);
    const first = await till.newOrder();
    expect(redeem(first, till)).toBe(true);
    expect(first.priceIncl).toBe(0);
    first.state = "paid";
    const second = await till.newOrder();
    expect(second.storedValue).toEqual({balance: 50});
    expect(redeem(second, till)).toBe(true);
    expect(second.priceIncl).toBe(50);
});

test("neither a card nor a discount pays for a top-up", async () => {
    const till = await setupStored(500);
    const order = await till.newOrder();
    till.program.trigger_product_ids = [["link", order.lines[0].product_id]];
    expect(topUpTotal(order)).toBe(100);
    expect(order._getDiscountableOnOrder(till.reward).discountable).toBe(0);
});

test("a top-up against the rules, or without a connection, stops before the money is taken", async () => {
    const till = await setupStored(0);
    const order = await till.newOrder();
    till.program.trigger_product_ids = [["link", order.lines[0].product_id]];
    const shown = [];
    till.store.dialog.add = (_component, {body}) => shown.push(body);
    const validation = new OrderPaymentValidation({pos: till.store, orderUuid: order.uuid});
    till.store.data.call = async () => ["Top up less."];
    expect(await validation.checkTopUps()).toBe(false);
    till.store.data.call = lost;
    expect(await validation.checkTopUps()).toBe(false);
    till.store.data.call = async () => [];
    expect(await validation.checkTopUps()).toBe(true);
    expect(shown).toHaveLength(2);
    expect(shown[0]).toBe("Top up less.");
});

test("what a card paid goes back to it in the share of the goods that come back", async () => {
    const till = await setupStored(120);
    const sale = await till.newOrder(3);
    redeem(sale, till);
    expect(sale.priceIncl).toBe(180);
    sale.state = "paid";
    const back = till.store.addNewOrder();
    till.models["pos.order.line"].create({
        order_id: back,
        product_id: sale.lines[0].product_id,
        qty: -1,
        price_unit: 100,
        refunded_orderline_id: sale.lines[0],
    });
    expect(paymentsUndone(sale, back, 10000).map(({amount}) => amount)).toEqual([4000]);
    back.state = "paid";
    const rest = till.store.addNewOrder();
    expect(paymentsUndone(sale, rest, 20000).map(({amount}) => amount)).toEqual([8000]);
});
