import {describe, expect, test} from "@odoo/hoot";
import {markedDown, sellable, spread, total} from "@cosmetics_inventory_pos/shelf_life/batch_choice";

describe.current.tags("headless");

const batch = (id, expiry, free, stop = 0) => ({id, name: `B${id}`, expiry, stop, free});
const short = (parts) => parts.map((part) => [part.batch.id, part.quantity]);

test("first-expiring first, batches without a date last", () => {
    const found = sellable([batch(1, 0, 1), batch(2, 300, 1), batch(3, 200, 1)], 100);
    expect(found.map((batch) => batch.id)).toEqual([3, 2, 1]);
});

test("a batch is sold until the day before its sale stops", () => {
    expect(sellable([batch(1, 200, 1, 150)], 149)).toHaveLength(1);
    expect(sellable([batch(1, 200, 1, 150)], 150)).toHaveLength(0);
});

test("a quantity spreads over batches, first-expiring first", () => {
    const batches = [batch(1, 100, 3), batch(2, 200, 5)];
    expect(short(spread(batches, 2))).toEqual([[1, 2]]);
    expect(short(spread(batches, 4))).toEqual([
        [1, 3],
        [2, 1],
    ]);
});

test("the chosen batch comes before the first-expiring one", () => {
    expect(short(spread([batch(1, 100, 3), batch(2, 200, 5)], 6, {}, 2))).toEqual([
        [2, 5],
        [1, 1],
    ]);
});

test("what other lines hold is not there", () => {
    expect(short(spread([batch(1, 100, 3), batch(2, 200, 5)], 2, {1: 3}))).toEqual([[2, 2]]);
});

test("never more than there is", () => {
    expect(total(spread([batch(1, 100, 3)], 10))).toBe(3);
    expect(spread([], 1)).toEqual([]);
});

test("a marked-down price stops at the floor and never rises", () => {
    expect(markedDown(100, 30, 44)).toBe(70);
    expect(markedDown(100, 70, 44)).toBe(44);
    expect(markedDown(40, 30, 44)).toBe(40);
    expect(markedDown(100, 0, 44)).toBe(100);
    expect(markedDown(9.99, 50, 0)).toBe(5);
});
