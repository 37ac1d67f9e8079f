import {patch} from "@web/core/utils/patch";
import {PosPackOperationLot} from "@point_of_sale/../tests/unit/data/pos_pack_operation_lot.data";
import {PosSession} from "@point_of_sale/../tests/unit/data/pos_session.data";
import {ProductTemplate} from "@point_of_sale/../tests/unit/data/product_template.data";

// What the server of this module answers, for the tests of core's till too.

patch(PosSession.prototype, {
    get_till_batches() {
        return {bands: {}, products: {}};
    },
});

patch(ProductTemplate.prototype, {
    _load_pos_data_fields() {
        return [...super._load_pos_data_fields(), "is_shelf_life_managed"];
    },
});

patch(PosPackOperationLot.prototype, {
    _load_pos_data_fields() {
        return [...super._load_pos_data_fields(), "expiration_on", "choice", "is_near_expiry"];
    },
});
