import {describe, expect, test} from "@odoo/hoot";
import {allocate, earned, paid, share, undone, weigh} from "@cosmetics_crm_pos/members/ticket_points";
import {cases} from "./ticket_cases";

describe.current.tags("desktop");

test("the till answers the cases as the server does", () => {
    expect(cases.length).toBeGreaterThan(8);
    for (const {name, goods, discounts = [], rules, fractions = {}, multiplier = 1, answer} of cases) {
        const lines = goods.map((line) => ({quantity: 1, ...line, rules: line.rules && new Set(line.rules)}));
        const off = discounts.map((one) => ({...one, products: one.products && new Set(one.products)}));
        const parts = allocate(lines, off);
        const weights = weigh(lines, parts, rules, off);
        const found = {paid: paid(lines, parts), earned: earned(weights, multiplier), undone: undone(weights, fractions)};
        expect(found).toEqual(answer, {message: name});
    }
});

test("shares of growing parts add up", () => {
    expect([0, 1, 2, 3, 4].map((part) => share(100, part, 3))).toEqual([0, 33, 67, 100, 100]);
    expect(share(100, 1, 0)).toBe(0);
});
