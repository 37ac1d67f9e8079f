"""Moves of after-sales."""

from odoo import fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    aftersale_line_id = fields.Many2one(
        "cosmetics.aftersale.line", string="Line of the After-Sale", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )

    def _prepare_merge_moves_distinct_fields(self):
        """Goods of two lines of an after-sale are inspected apart, so their moves stay apart."""
        return [*super()._prepare_merge_moves_distinct_fields(), "aftersale_line_id"]
