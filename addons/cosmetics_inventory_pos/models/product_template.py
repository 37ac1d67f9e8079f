"""The till knows which products are sold by batch and expiry."""

from odoo import api, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    @api.model
    def _load_pos_data_fields(self, config):
        return [*super()._load_pos_data_fields(config), "is_shelf_life_managed"]

    def get_product_info_pos(self, price, quantity, pos_config_id, product_variant_id=False):
        """Do not tell a clerk who counts blind what the books say; the till goes on selling."""
        info = super().get_product_info_pos(price, quantity, pos_config_id, product_variant_id)
        product = self.env["product.product"].browse(product_variant_id) or self.product_variant_id
        counted = self._get_counted_blind().get(product.id, ())
        for place in info["warehouses"]:
            if place["id"] in counted:
                place.update(dict.fromkeys(("available_quantity", "free_qty", "forecasted_quantity"), "—"))
        return info


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _is_batch_chosen_at_till(self):
        """Whether each unit of it leaves a till under a batch that the shelf life rule has seen."""
        self.ensure_one()
        return self.is_shelf_life_managed and self.tracking == "lot"
