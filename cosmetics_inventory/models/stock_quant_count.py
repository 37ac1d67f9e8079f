"""Adjustments that a stock count makes."""

from odoo import fields, models

from ..tools.count_lines import CountLines


class StockMove(models.Model):
    _inherit = "stock.move"

    stock_count_line_id = fields.Many2one(
        "cosmetics.stock.count.line", string="Line of a Count", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    stock_count_reason_id = fields.Many2one(related="stock_count_line_id.reason_id", string="Reason of the Difference")


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _get_inventory_move_values(self, qty, location_id, location_dest_id, package_id=False, package_dest_id=False):
        """Let the move know which line of a count it belongs to, so that reason and people can be found from the books."""
        vals = super()._get_inventory_move_values(qty, location_id, location_dest_id, package_id, package_dest_id)
        lines = self.env.context.get("stock_count_lines")
        if isinstance(lines, CountLines) and self.id in lines:
            vals["stock_count_line_id"] = lines[self.id]
        return vals
