"""The order behind a sale of recalled goods."""

from odoo import fields, models


class CosmeticsRecallLine(models.Model):
    _inherit = "cosmetics.recall.line"

    order_id = fields.Many2one("sale.order", string="Sales Order", readonly=True, index="btree_not_null", ondelete="set null")
    contact_id = fields.Many2one(
        "res.partner", string="Delivered to", readonly=True, ondelete="set null", help="The address the goods went to."
    )
    ordered_at = fields.Datetime(string="Ordered at", readonly=True)
