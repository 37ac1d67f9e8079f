"""A review asks whether the promised shelf life can be kept, and knows the prices of near-expiry goods."""

from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_review_shortages(self):
        """What this customer cannot be given in time is missing, whatever else lies in the warehouse."""
        missing = super()._get_review_shortages()
        for line in self._get_lines_of_goods().filtered(lambda line: line._is_supply_judged()):
            missing[line.id] = max(line.product_uom_qty - line.shelf_life_free_qty, 0.0)
        return missing
