"""What a line of a platform order says."""

from odoo import fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    channel_line_ref = fields.Char(string="Platform Line No.", copy=False, help="Number of the sub-order on the platform.")
    channel_sku = fields.Char(string="Platform SKU", copy=False, help="What the platform calls the product: its SKU or the merchant code.")
    is_gift = fields.Boolean(string="Gift", help="Given without payment. It keeps its batch and counts for the shelf-life promise.")

    _channel_line_ref_uniq = models.UniqueIndex(
        "(order_id, channel_line_ref) WHERE channel_line_ref IS NOT NULL",
        "The order has a line with this platform line number already.",
    )
