import {patch} from "@web/core/utils/patch";
import {ProductScreen} from "@point_of_sale/app/screens/product_screen/product_screen";
import "@pos_loyalty/app/screens/product_screen/product_screen";

patch(ProductScreen.prototype, {
    /** A code that is no product may be the card of a member. */
    async _getPartnerByBarcode(code) {
        return (await super._getPartnerByBarcode(...arguments)) || (await this._getMemberByNumber(code.code));
    },

    async _barcodeProductAction(code) {
        if (await this._getProductByBarcode(code)) {
            return await super._barcodeProductAction(...arguments);
        }
        const member = await this._getMemberByNumber(code.code);
        if (!member) {
            return await super._barcodeProductAction(...arguments);
        }
        this.pos.setPartnerToCurrentOrder(member);
        this.pos.updateRewards();
    },

    async _getMemberByNumber(number) {
        const isCard = (partner) => partner.till_member?.number && partner.till_member.number === number;
        const known = this.pos.models["res.partner"].find(isCard);
        return known || ((await this.pos.findMembers(number))?.["res.partner"] || []).find(isCard);
    },
});
