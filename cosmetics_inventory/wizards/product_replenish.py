"""The «Replenish» button of a product."""

from odoo import api, models


class ProductReplenish(models.TransientModel):
    _inherit = "product.replenish"

    @api.constrains("product_id")
    def _check_product_lifecycle(self):
        """Refuse to replenish by hand what the life cycle no longer replenishes."""
        self.product_id._check_lifecycle("can_replenish")
