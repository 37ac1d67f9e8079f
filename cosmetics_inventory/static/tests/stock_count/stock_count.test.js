import {describe, expect, test} from "@odoo/hoot";
import {findLines, readGs1, readQuantity} from "@cosmetics_inventory/stock_count/sheet";
import {Outbox, newKey} from "@cosmetics_inventory/stock_count/outbox";

describe.current.tags("headless");

const LINE = {location_id: 1, product_id: 7, codes: ["6901234567892", "QTL-1"], boxes: {16901234567899: 24}};
const LINES = [
    {...LINE, id: 1, lot: "A1"},
    {...LINE, id: 2, lot: "B2"},
    {...LINE, id: 3, lot: "A1", location_id: 2},
    {...LINE, id: 4, lot: "A1", product_id: 8, codes: ["6900000000005"], boxes: {}},
];
const ids = (code, product = false) => findLines(LINES, code, 1, product).lines.map((line) => line.id);

class Memory {
    items = {};
    getItem = (name) => this.items[name] ?? null;
    setItem = (name, value) => (this.items[name] = value);
}

test("a GS1 code names article and batch", () => {
    expect(readGs1("010690123456789217290228" + "10A1")).toEqual({gtin: "6901234567892", batch: "A1"});
    expect(readGs1("(01)06901234567892(10)A1(B)")).toEqual({gtin: "6901234567892", batch: "A1(B)"});
    expect(readGs1("6901234567892")).toBe(null);
});

test("a code is found on the sheet without the network", () => {
    expect(ids("(01)06901234567892(10)a1")).toEqual([1]);
    expect(ids("6901234567892")).toEqual([1, 2]);
    expect(ids("qtl-1")).toEqual([1, 2]);
    expect(ids("B2")).toEqual([2]);
    expect(ids("A1")).toEqual([1, 4]);
    expect(ids("A1", 8)).toEqual([4]);
    expect(ids("UNKNOWN")).toEqual([]);
    expect(findLines(LINES, "16901234567899", 1, false).pieces).toBe(24);
});

test("a quantity is a number, and a scanned code is none", () => {
    expect(["12", " 1,200 ", "2.5", "0"].map(readQuantity)).toEqual([12, 1200, 2.5, 0]);
    expect(["", "-1", "1x", "6901234567892", "1e3"].map(readQuantity)).toEqual([null, null, null, null, null]);
});

test("keys differ", () => {
    expect(new Set(Array.from({length: 100}, newKey)).size).toBe(100);
});

test("what is not acknowledged stays, and is sent again with the same key", async () => {
    const storage = new Memory();
    const key = new Outbox(storage, 2).add(5, {quantity: 1});
    const sent = [];
    const failing = new Outbox(storage, 2);
    await expect(failing.send(() => Promise.reject(new Error("away")))).rejects.toThrow("away");
    const answers = await new Outbox(storage, 2).send(async (countId, entries) => {
        sent.push([countId, entries[0].key]);
        return entries.map((entry) => ({key: entry.key, state: "taken"}));
    });
    expect(sent).toEqual([[5, key]]);
    expect(answers.length).toBe(1);
    expect(failing.all()).toEqual([]);
});

test("what is entered while sending is kept", async () => {
    const outbox = new Outbox(new Memory(), 2);
    outbox.add(5, {quantity: 1});
    let late = "";
    await outbox.send(async (countId, entries) => {
        late ||= outbox.add(6, {quantity: 2});
        return countId === 5 ? entries.map((entry) => ({key: entry.key, state: "taken"})) : [];
    });
    expect(outbox.all().map((waiting) => waiting.entry.key)).toEqual([late]);
});

test("people on one phone have an outbox each, and an unsent figure is taken back here", () => {
    const storage = new Memory();
    const key = new Outbox(storage, 2).add(5, {quantity: 1});
    expect(new Outbox(storage, 3).all()).toEqual([]);
    expect(new Outbox(storage, 2).drop(key)).toBe(true);
    expect(new Outbox(storage, 2).drop(key)).toBe(false);
});
