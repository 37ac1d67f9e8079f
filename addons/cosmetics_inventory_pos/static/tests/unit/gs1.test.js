import {describe, expect, test} from "@odoo/hoot";
import {gtinBarcodes, parseGs1} from "@cosmetics_inventory_pos/shelf_life/gs1";

describe.current.tags("headless");

test("product, date and batch, as scanners type them", () => {
    const wanted = {"01": "06999990000012", 17: "270228", 10: "QTL001-A"};
    expect(parseGs1("01069999900000121727022810QTL001-A")).toEqual(wanted);
    expect(parseGs1("]d201069999900000121727022810QTL001-A")).toEqual(wanted);
    expect(parseGs1("(01)06999990000012(17)270228(10)QTL001-A")).toEqual(wanted);
});

test("a batch before other parts ends at the separator", () => {
    expect(parseGs1("010699999000001210QTL001-A\x1d17270228")).toEqual({"01": "06999990000012", 17: "270228", 10: "QTL001-A"});
    expect(parseGs1("(01)06999990000012(10)QTL001-A(17)270228")["10"]).toBe("QTL001-A");
});

test("what is no GS1 code of a product is none", () => {
    expect(parseGs1("6999990000012")).toBe(null);
    expect(parseGs1("10QTL001-A")).toBe(null);
    expect(parseGs1("0106999990")).toBe(null);
});

test("a GTIN-14 stands for the shorter codes too", () => {
    expect(gtinBarcodes("06999990000012")).toEqual(["06999990000012", "6999990000012"]);
});
