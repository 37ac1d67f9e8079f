import {patch} from "@web/core/utils/patch";
import {ResPartner} from "@point_of_sale/../tests/unit/data/res_partner.data";
import {LoyaltyCard} from "@pos_loyalty/../tests/unit/data/loyalty_card.data";
import {LoyaltyProgram} from "@pos_loyalty/../tests/unit/data/loyalty_program.data";

// What the server of this module sends, for the tests of core's till too.

patch(ResPartner.prototype, {
    _load_pos_data_fields() {
        return [...super._load_pos_data_fields(), "is_member", "till_member"];
    },
});

patch(LoyaltyCard.prototype, {
    _load_pos_data_fields() {
        return [...super._load_pos_data_fields(), "points_pending", "points_debt", "points_soon", "points_soon_on"];
    },
});

patch(LoyaltyProgram.prototype, {
    _load_pos_data_fields() {
        return [...super._load_pos_data_fields(), "points_redeem_cap", "stored_kind"];
    },
});
