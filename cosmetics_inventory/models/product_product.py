"""What the replenishment report may propose."""

from odoo import api, models


class ProductProduct(models.Model):
    _inherit = "product.product"

    @api.model
    def _get_not_replenishable_domain(self):
        """Return the domain of products whose life cycle stage forbids replenishment."""
        return [("lifecycle_stage_id", "!=", False), ("lifecycle_stage_id.can_replenish", "=", False)]
