import {patch} from "@web/core/utils/patch";
import {ProductScreen} from "@point_of_sale/app/screens/product_screen/product_screen";
import {gtinBarcodes, parseGs1} from "./gs1";

patch(ProductScreen.prototype, {
    /** A GS1 code names the batch, whatever nomenclature the till is set to. */
    async _barcodeProductAction(code) {
        const parts = parseGs1(code.code);
        if (parts && !(await this._getLocalProduct([code.base_code]))) {
            const parsed = [{type: "product", code: parts["01"], base_code: parts["01"], value: parts["01"]}];
            if (parts["10"]) {
                parsed.push({type: "lot", code: parts["10"], base_code: parts["10"], value: parts["10"]});
            }
            return await this._barcodeGS1Action(parsed);
        }
        return await super._barcodeProductAction(...arguments);
    },

    _getLocalProduct(barcodes) {
        const models = this.pos.models;
        return barcodes
            .map((barcode) => models["product.product"].getBy("barcode", barcode) || models["product.uom"].getBy("barcode", barcode))
            .find(Boolean);
    },

    /** A GTIN-14 on a carton is the EAN-13 of the piece with a zero before it. */
    async _getProductByBarcode(code) {
        const barcodes = /^\d{14}$/.test(code.base_code) ? gtinBarcodes(code.base_code) : [];
        const known = barcodes.find((barcode) => this._getLocalProduct([barcode]));
        return await super._getProductByBarcode(known ? {...code, base_code: known} : code);
    },

    async _barcodeGS1Action(parsed) {
        const product = await this._getProductByBarcode(parsed.find((element) => element.type === "product"));
        if (!product?.isBatchChosen) {
            return await super._barcodeGS1Action(...arguments);
        }
        const lot = parsed.find((element) => element.type === "lot");
        // The configurator finds the shade by the barcode, so the batch travels with the barcode of the product.
        const code = lot && {...lot, base_code: product.barcode};
        const values = {product_id: product, product_tmpl_id: product.product_tmpl_id};
        await this.pos.addLineToCurrentOrder(values, code ? {code} : {}, product.needToConfigure());
        this.numberBuffer.reset();
    },
});
