import {describe, expect, test} from "@odoo/hoot";
import {chinaDay, dayNumber, dayText, remainingDays} from "@cosmetics_inventory_pos/shelf_life/china_day";

describe.current.tags("headless");

test("the day in China begins at 16:00 UTC", () => {
    expect(dayText(chinaDay(Date.UTC(2027, 1, 28, 15, 59, 59)))).toBe("2027-02-28");
    expect(dayText(chinaDay(Date.UTC(2027, 1, 28, 16, 0, 0)))).toBe("2027-03-01");
});

test("leap days are days", () => {
    expect(dayText(dayNumber("2028-02-28") + 1)).toBe("2028-02-29");
    expect(dayText(chinaDay(Date.UTC(2028, 1, 28, 16)))).toBe("2028-02-29");
});

test("no date is 0 and has no text", () => {
    expect(dayNumber("")).toBe(0);
    expect(dayText(0)).toBe("");
});

test("the last usable day has 0 days left, the next day is past it", () => {
    const last = dayNumber("2027-02-28");
    expect(remainingDays(last, last)).toBe(0);
    expect(remainingDays(last, last + 1)).toBe(-1);
});
