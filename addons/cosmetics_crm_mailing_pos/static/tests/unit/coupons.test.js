import {describe, expect, test} from "@odoo/hoot";
import {ConnectionLostError} from "@web/core/network/rpc";
import {setupPosEnv} from "@point_of_sale/../tests/unit/utils";
import {definePosModels} from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import OrderPaymentValidation from "@point_of_sale/app/utils/order_payment_validation";

definePosModels();
describe.current.tags("desktop");

/** Return a validation of an order with the reward of a coupon, what was shown and what was asked; `ask` stands for the server. */
async function setupCoupon(ask, {type = "coupons"} = {}) {
    const store = await setupPosEnv();
    const models = store.models;
    const program = models["loyalty.program"].get(1);
    Object.assign(program, {program_type: type, applies_on: "current"});
    const reward = models["loyalty.reward"].get(1);
    const card = models["loyalty.card"].get(1);
    const order = store.addNewOrder();
    const template = models["product.template"].get(5);
    const product = template.product_variant_ids[0];
    await store.addLineToOrder({product_tmpl_id: template, product_id: product, qty: 1, price_unit: 100}, order);
    models["pos.order.line"].create({
        order_id: order,
        product_id: product,
        qty: 1,
        price_unit: -10,
        is_reward_line: true,
        reward_id: reward,
        coupon_id: card,
        points_cost: 1,
        reward_identifier_code: "A",
    });
    const shown = [];
    const asked = [];
    store.dialog.add = (_component, props) => shown.push(props.body);
    store.notification.add = (_text, {type: kind}) => shown.push(kind);
    store.data.call = async (_model, method, args) => {
        if (method === "get_coupon_refusal") {
            asked.push(args);
            return ask();
        }
        return {successful: true, payload: {}};
    };
    return {validation: new OrderPaymentValidation({pos: store, orderUuid: order.uuid}), shown, asked, order, store};
}

test("a refused coupon stops the payment, and the clerk reads why", async () => {
    const {validation, shown, asked, order, store} = await setupCoupon(() => "一张订单最多用 1 张券。");
    expect(await validation.validateOrder()).toBe(false);
    expect(shown).toEqual(["一张订单最多用 1 张券。"]);
    expect(asked).toEqual([[store.config.id, order.uuid, false, [1]]]);
    expect(order.finalized).toBe(false);
});

test("a coupon that may be used is shown nothing", async () => {
    const {validation, shown} = await setupCoupon(() => false);
    expect(await validation.checkCoupons()).toBe(true);
    expect(shown).toEqual([]);
});

test("the customer of the order is asked for", async () => {
    const {validation, asked, order, store} = await setupCoupon(() => false);
    order.setPartner(store.models["res.partner"].get(3));
    await validation.checkCoupons();
    expect(asked[0][2]).toBe(3);
});

test("without a connection the clerk is told, and the sale goes on", async () => {
    const {validation, shown} = await setupCoupon(() => {
        throw new ConnectionLostError();
    });
    expect(await validation.checkCoupons()).toBe(true);
    expect(shown).toEqual(["warning"]);
});

test("an error of the server is not swallowed", async () => {
    const {validation} = await setupCoupon(() => {
        throw new Error("broken");
    });
    await expect(validation.validateOrder()).rejects.toThrow("broken");
});

test("an order without coupons asks nothing", async () => {
    const {validation, asked} = await setupCoupon(() => "no", {type: "promotion"});
    expect(await validation.checkCoupons()).toBe(true);
    expect(asked).toEqual([]);
});
