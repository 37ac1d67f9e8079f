"""Goods that nobody asked for are not looked up line by line among the purchase requests."""

from odoo import api, models


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    @api.private
    def allocate(self):
        """Note what has come in on the purchase requests it was asked for; the lines without one are found all at once.

        Private: a second call from outside would note the same goods again.
        """
        return super(StockMoveLine, self.exists().filtered("move_id.purchase_request_allocation_ids")).allocate()
