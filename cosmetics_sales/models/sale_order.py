"""A quotation becomes an order only with products that may be sold."""

from odoo import api, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.constrains("state")
    def _check_product_lifecycle(self):
        """Look again when a quotation is confirmed: its products may have moved on since."""
        self.filtered(lambda order: order.state == "sale").order_line._check_product_lifecycle()
