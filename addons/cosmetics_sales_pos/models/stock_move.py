"""A clerk may sell what is kept by batch."""

from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _add_mls_related_to_order(self, related_order_lines, are_qties_done=True):
        """Put the batches of a till sale on its moves, whoever sold them.

        sudo: the till has taken the money, and Odoo makes the picking with full rights already; but it looks the batches up as
        the clerk, who has no rights in the warehouse. The moves and lines are those of the clerk's own sale.
        """
        return super(StockMove, self.sudo())._add_mls_related_to_order(related_order_lines.sudo(), are_qties_done)
