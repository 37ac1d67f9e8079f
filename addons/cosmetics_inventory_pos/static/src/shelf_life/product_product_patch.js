import {patch} from "@web/core/utils/patch";
import {ProductProduct} from "@point_of_sale/app/models/product_product";

patch(ProductProduct.prototype, {
    /** Whether the shelf life rule chooses the batch of this product. */
    get isBatchChosen() {
        return Boolean(this.product_tmpl_id?.is_shelf_life_managed && this.product_tmpl_id.tracking === "lot");
    },
});
