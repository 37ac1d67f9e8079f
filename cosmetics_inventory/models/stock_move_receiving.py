"""Tells the list of a move's batches which dates to ask for."""

from odoo import fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    is_batch_dated = fields.Boolean(compute="_compute_is_batch_dated")

    def _compute_is_batch_dated(self):
        """Batches of cosmetics that come in are dated by their label."""
        for move in self:
            move.is_batch_dated = move.product_id.is_shelf_life_managed and move.picking_code == "incoming"
