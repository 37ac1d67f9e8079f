"""A request becomes an order only with products that may be bought."""

from odoo import api, models


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    @api.constrains("state")
    def _check_product_lifecycle(self):
        """Look again when a request is confirmed or approved: its products may have moved on since."""
        self.filtered(lambda order: order.state in {"to approve", "purchase"}).order_line._check_product_lifecycle()
