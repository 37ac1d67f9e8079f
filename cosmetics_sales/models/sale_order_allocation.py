"""Which warehouse or shop gives the goods of an order."""

from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    allocation_state = fields.Selection(
        [
            ("none", "Not Allocated"),
            ("allocated", "Allocated"),
            ("partial", "Partly Allocated"),
            ("waiting", "Waiting for Goods"),
            ("manual", "Chosen by Hand"),
        ],
        string="Allocation",
        default="none",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    allocation_note = fields.Text(string="Why This Warehouse", readonly=True, copy=False)
    allocation_line_ids = fields.One2many("cosmetics.allocation.line", "order_id", string="Goods from", readonly=True, copy=False)

    def _allocate(self):
        """Decide which place gives the goods of these orders, apply it, and return the orders that can be confirmed."""
        return self
