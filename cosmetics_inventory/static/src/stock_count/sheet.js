/**
 * What a code means on a count sheet that the phone holds: works without the network for everything that is expected there.
 */

const FIXED = {"00": 18, "01": 14, "02": 14, 11: 6, 13: 6, 15: 6, 16: 6, 17: 6};
const VARIABLE = ["10", "21", "30", "37"];
const SEPARATOR = "\x1d";

/** Return {gtin, batch} of a GS1 code, with separators or with brackets; null when it is none. */
export function readGs1(code) {
    let text = code
        .replace(/^\](C1|e0|d2|Q3|J1)/, "")
        .replace(/（/g, "(")
        .replace(/）/g, ")");
    if (text.startsWith("(")) {
        text = text.replace(/\((\d{2})\)/g, SEPARATOR + "$1").slice(1);
    }
    const found = {};
    while (text) {
        const ai = text.slice(0, 2);
        let value = "";
        if (FIXED[ai]) {
            value = text.slice(2, 2 + FIXED[ai]);
            if (value.length < FIXED[ai] || !/^\d+$/.test(value)) {
                return null;
            }
        } else if (VARIABLE.includes(ai)) {
            value = text.slice(2).split(SEPARATOR)[0];
        } else {
            return null;
        }
        found[ai] = value;
        text = text.slice(2 + value.length);
        text = text.startsWith(SEPARATOR) ? text.slice(1) : text;
    }
    return found["01"] || found["10"] ? {gtin: (found["01"] || "").replace(/^0+/, ""), batch: found["10"] || ""} : null;
}

const same = (one, other) => one.toLowerCase() === other.toLowerCase();

/**
 * Return the lines of a place that a code names, with the pieces it stands for; no line when only the server may know.
 *
 * @param {Object[]} lines of the sheet
 * @param {String} code as scanned or typed
 * @param {Number} locationId place that is being counted
 * @param {Number|false} productId product on the screen, for codes that name a batch alone
 */
export function findLines(lines, code, locationId, productId) {
    const text = code.trim();
    const here = lines.filter((line) => line.location_id === locationId);
    const gs1 = readGs1(text);
    const article = gs1 ? gs1.gtin : text.replace(/^0+(?=\d)/, "");
    const byCode = (line) => line.codes.some((known) => same(known.replace(/^0+(?=\d)/, ""), article));
    if (gs1) {
        const ofProduct = gs1.gtin ? here.filter(byCode) : here.filter((line) => line.product_id === productId);
        return {lines: gs1.batch ? ofProduct.filter((line) => same(line.lot, gs1.batch)) : ofProduct, pieces: 1};
    }
    const ofProduct = here.filter(byCode);
    if (ofProduct.length) {
        return {lines: ofProduct, pieces: 1};
    }
    const ofBox = here.filter((line) => line.boxes[text]);
    if (ofBox.length) {
        return {lines: ofBox, pieces: ofBox[0].boxes[text]};
    }
    const ofBatch = here.filter((line) => line.lot && same(line.lot, text));
    const onScreen = ofBatch.filter((line) => line.product_id === productId);
    return {lines: onScreen.length ? onScreen : ofBatch, pieces: 1};
}

/** Return the quantity a person typed, null for what is none: "" or "1,5x", or a code that was scanned into the field. */
export function readQuantity(text) {
    const plain = String(text).trim().replace(/，/g, ",").replace(/,/g, "").replace(/。/g, ".");
    return /^\d{1,6}(\.\d{1,2})?$/.test(plain) ? Number(plain) : null;
}
