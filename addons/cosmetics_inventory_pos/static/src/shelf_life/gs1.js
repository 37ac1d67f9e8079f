/**
 * The codes on cartons: GS1 with product (01), batch (10) and dates (11, 15, 17), as scanners type them.
 */

const FIXED = {"00": 18, "01": 14, "02": 14, 11: 6, 13: 6, 15: 6, 16: 6, 17: 6};
const VARIABLE = ["10", "21", "30", "37"];
const GROUP_SEPARATOR = "\x1d";

/**
 * Return {"01": gtin, "10": batch, …} of a GS1 code, with its separators or with brackets; null when it is none or holds no product.
 */
export function parseGs1(code) {
    let text = code.replace(/^\](C1|e0|d2|Q3)/, "");
    if (text.startsWith("(")) {
        text = text.replace(/\(/g, GROUP_SEPARATOR).replace(/\)/g, "").slice(1);
    }
    const found = {};
    while (text) {
        const ai = text.slice(0, 2);
        let value;
        if (FIXED[ai]) {
            value = text.slice(2, 2 + FIXED[ai]);
            if (value.length < FIXED[ai] || !/^\d+$/.test(value)) {
                return null;
            }
        } else if (VARIABLE.includes(ai)) {
            value = text.slice(2).split(GROUP_SEPARATOR)[0];
        } else {
            return null;
        }
        found[ai] = value;
        text = text.slice(2 + value.length);
        text = text.startsWith(GROUP_SEPARATOR) ? text.slice(1) : text;
    }
    return found["01"] ? found : null;
}

/** Return the barcodes a GTIN-14 may stand for: itself, and without its leading zeros as EAN-13, UPC-A or EAN-8. */
export function gtinBarcodes(gtin) {
    return [gtin, gtin.replace(/^0/, ""), gtin.replace(/^00/, ""), gtin.replace(/^000000/, "")].filter(
        (barcode, index, all) => all.indexOf(barcode) === index
    );
}
