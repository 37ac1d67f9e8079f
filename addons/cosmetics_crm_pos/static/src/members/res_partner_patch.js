import {patch} from "@web/core/utils/patch";
import {ResPartner} from "@point_of_sale/app/models/res_partner";

patch(ResPartner.prototype, {
    /** Without a connection members are found by what is loaded: tail of the number, card, initials and spelling of the name. */
    get searchString() {
        const member = this.till_member;
        return member ? [super.searchString, member.number, member.phone, member.initials, member.pinyin].join(" ") : super.searchString;
    },

    exactMatch(searchWord) {
        return super.exactMatch(...arguments) || this.till_member?.number?.toLowerCase() === searchWord;
    },
});
