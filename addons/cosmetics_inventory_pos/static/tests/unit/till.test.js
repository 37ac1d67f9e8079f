import {describe, expect, test} from "@odoo/hoot";
import {setupPosEnv} from "@point_of_sale/../tests/unit/utils";
import {definePosModels} from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import {chinaDay} from "@cosmetics_inventory_pos/shelf_life/china_day";
import {tillBatches} from "@cosmetics_inventory_pos/shelf_life/till_batches";

definePosModels();
describe.current.tags("desktop");

const BANDS = {1: ["Normal", false, 0], 2: ["Near", true, 50]};

/** Return a till whose product 5 is kept by batch; `rows` are [name, days left, pieces, band, floor]. */
async function setupTill(rows) {
    const store = await setupPosEnv();
    const template = store.models["product.template"].get(5);
    Object.assign(template, {tracking: "lot", is_shelf_life_managed: true});
    const product = template.product_variant_ids[0];
    const today = chinaDay();
    const batches = rows.map(([name, days, free, band = 1, floor = 0], index) => [
        index + 1,
        name,
        today + days,
        today + days + 1,
        free,
        band,
        floor,
    ]);
    tillBatches.load({bands: BANDS, products: {[product.id]: batches}});
    const order = store.addNewOrder();
    const add = (vals = {}, opts = {}) => store.addLineToOrder({product_tmpl_id: template, product_id: product, ...vals}, order, opts);
    return {store, order, product, add};
}

/** What the till asks without a markdown. */
const fullPrice = (order, product) => product.getPrice(order.pricelist_id, 1, 0, false, product);

const content = (order) => order.lines.map((line) => [line.batchPack.lot_name, line.qty]);

test("the first-expiring batch goes on the line, and the next piece joins it", async () => {
    const {order, add} = await setupTill([
        ["NEW", 300, 5],
        ["OLD", 100, 5],
    ]);
    await add();
    await add();
    expect(content(order)).toEqual([["OLD", 2]]);
    expect(order.lines[0].batchPack.choice).toBe("fefo");
});

test("a typed quantity spreads over batches and comes back when it is typed again", async () => {
    const {order, add} = await setupTill([
        ["OLD", 100, 3],
        ["NEW", 300, 5],
    ]);
    const line = await add();
    expect(line.setQuantity("7")).toBe(true);
    expect(content(order)).toEqual([
        ["OLD", 3],
        ["NEW", 4],
    ]);
    expect(line.setQuantity("2")).toBe(true);
    expect(content(order)).toEqual([["OLD", 2]]);
});

test("more than there is becomes what there is, with a message", async () => {
    const {order, add} = await setupTill([["OLD", 100, 3]]);
    const line = await add();
    expect(line.setQuantity(9).title).not.toBe(undefined);
    expect(content(order)).toEqual([["OLD", 3]]);
});

test("adding pieces one by one goes on with the next batch", async () => {
    const {order, add} = await setupTill([
        ["OLD", 100, 1],
        ["NEW", 300, 5],
    ]);
    await add();
    await add();
    expect(content(order)).toEqual([
        ["OLD", 1],
        ["NEW", 1],
    ]);
});

test("nothing left to sell adds nothing", async () => {
    const {order, add} = await setupTill([["DEAD", -1, 5]]);
    await add();
    expect(order.lines).toHaveLength(0);
});

test("another open sale of the till holds its pieces", async () => {
    const {store, order, product, add} = await setupTill([["OLD", 100, 1]]);
    await add();
    const other = store.addNewOrder();
    await store.addLineToOrder({product_tmpl_id: product.product_tmpl_id, product_id: product}, other);
    expect(order.lines).toHaveLength(1);
    expect(other.lines).toHaveLength(0);
});

test("a scanned batch is taken, an unknown one is not", async () => {
    const {order, add} = await setupTill([
        ["OLD", 100, 5],
        ["NEW", 300, 5],
    ]);
    await add({}, {code: {type: "lot", code: "NEW"}});
    expect(content(order)).toEqual([["NEW", 1]]);
    expect(order.lines[0].batchPack.choice).toBe("scanned");
    await add({}, {code: {type: "lot", code: "NOPE"}});
    expect(order.lines).toHaveLength(1);
});

test("a batch near expiry has its band's price, never below the floor, and the buyer is told", async () => {
    const {order, product, add} = await setupTill([["NEAR", 100, 5, 2, 0]]);
    const line = await add();
    const full = fullPrice(order, product);
    expect(line.price_unit).toBe(full / 2);
    expect(line.batchPack.is_near_expiry).toBe(true);
    line.setQuantity(2);
    expect(order.lines[0].price_unit).toBe(full / 2);
    line.batch.floor = full - 0.5;
    line.applyBandPrice();
    expect(order.lines[0].price_unit).toBe(full - 0.5);
});

test("each line has the price of its own batch", async () => {
    const {order, product, add} = await setupTill([
        ["NEAR", 100, 1, 2],
        ["NEW", 300, 5],
    ]);
    const line = await add();
    line.setQuantity(3);
    expect(order.lines.map((line) => line.price_unit)).toEqual([fullPrice(order, product) / 2, fullPrice(order, product)]);
});

test("sold pieces are gone before the server answers", async () => {
    const {store, order, product, add} = await setupTill([["OLD", 100, 5]]);
    const line = await add();
    line.setQuantity(5);
    expect(store.openBatches(product)).toHaveLength(0);
    order.state = "paid";
    store.refreshBatches = () => {};
    await store.postSyncAllOrders([order]);
    expect(tillBatches.of(product.id)[0].free).toBe(0);
});

test("a chosen batch is noted as chosen, the first one is not", async () => {
    const {store, order, product, add} = await setupTill([
        ["OLD", 100, 5],
        ["NEW", 300, 5],
    ]);
    const line = await add();
    const [first, second] = store.openBatches(product, [line]);
    expect(first.free).toBe(5);
    store.dialog.add = (_popup, props) => props.choose(second);
    store.refreshBatches = () => {};
    await store.chooseBatch(line);
    expect(content(order)).toEqual([["NEW", 1]]);
    expect(order.lines[0].batchPack.choice).toBe("chosen");
    store.dialog.add = (_popup, props) => props.choose(first);
    await store.chooseBatch(order.lines[0]);
    expect(order.lines[0].batchPack.choice).toBe("fefo");
});

test("a line that takes the batch of another joins it", async () => {
    const {store, order, add} = await setupTill([
        ["OLD", 100, 1],
        ["NEW", 300, 5],
    ]);
    await add();
    await add();
    store.dialog.add = (_popup, props) => props.choose(props.getBatches().at(-1));
    store.refreshBatches = () => {};
    await store.chooseBatch(order.lines[0]);
    expect(content(order)).toEqual([["NEW", 2]]);
});
