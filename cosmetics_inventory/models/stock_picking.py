"""Validating a transfer: a refusal is said at once, not after a question that does not matter."""

from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _check_expired_lots(self):
        """Core asks “really?” about expired goods: refuse first what is refused anyway; its question remains for scrap and returns."""
        self.move_ids.filtered("picked").move_line_ids.filtered("picked")._check_shelf_life()
        return super()._check_expired_lots()
