"""Goods that come back for money take points back."""

from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _action_done(self):
        res = super()._action_done()
        # sudo: the warehouse need not read orders and cards
        back = self.sudo().move_ids.filtered(lambda move: move.state == "done" and move.to_refund and move.sale_line_id)
        if back:
            back.sale_line_id.order_id._sync_points()
        return res
