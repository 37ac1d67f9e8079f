"""Goods that moved are looked at soon."""

from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        """Only note which products moved: nobody who sells waits for what the job finds."""
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        changed = moves.filtered(
            lambda move: move.is_storable and move.state == "done" and move.location_id.warehouse_id != move.location_dest_id.warehouse_id
        )
        if changed:
            self.env["cosmetics.stock.alert.request"]._request(changed.product_id)
        return moves
