"""The till knows which products are sold by batch and expiry."""

from odoo import api, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    @api.model
    def _load_pos_data_fields(self, config):
        return [*super()._load_pos_data_fields(config), "is_shelf_life_managed"]


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _is_batch_chosen_at_till(self):
        """Whether each unit of it leaves a till under a batch that the shelf life rule has seen."""
        self.ensure_one()
        return self.is_shelf_life_managed and self.tracking == "lot"
