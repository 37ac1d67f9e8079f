"""Goods do not leave for a customer whom finance holds."""

from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        leaving = self.filtered(lambda move: move.state not in ("done", "cancel") and move.quantity and move._is_leaving_on_credit())
        leaving.sale_line_id.order_id._check_credit_hold()
        return super()._action_done(cancel_backorder=cancel_backorder)

    def _is_leaving_on_credit(self):
        """Tell if the goods of a move go out to the customer of an order."""
        return bool(self.sale_line_id) and self.location_dest_id.usage == "customer" and self.location_id.usage != "customer"
