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

    def _is_going_home(self):
        """Tell if the move takes goods that were not accepted from the place of returns to the buyer they belong to.

        Nobody gets other goods out this way: the inspection has decided so of this line, by its button, and what goes is the product
        that came back with it, to the buyer it came from.
        """
        self.ensure_one()
        line = self.sudo().aftersale_line_id  # sudo: whoever ships need not read after-sales
        return bool(
            line.result == "buyer"
            and line.inspected_at
            and self.product_id == line.product_id
            and self.location_id == line.aftersale_id.warehouse_id.aftersale_location_id
            and self.location_dest_id.usage == "customer"
            and self.picking_id.partner_id == line.order_id.partner_shipping_id
        )
