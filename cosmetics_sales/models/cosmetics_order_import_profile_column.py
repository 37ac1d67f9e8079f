"""What a column of an order file means."""

from odoo import fields, models

FIELDS = [
    ("order_no", "Order Number"), ("sub_no", "Line Number"), ("status", "State"), ("line_status", "State of the Line"),
    ("buyer", "Buyer"), ("receiver", "Receiver"), ("phone", "Phone"), ("province", "Province"), ("city", "City"),
    ("district", "District"), ("town", "Town"), ("street", "Street"), ("address", "Whole Address"), ("buyer_note", "Buyer's Note"),
    ("seller_note", "Shop's Note"), ("carrier", "Courier"), ("tracking_no", "Courier Number"),
    ("shipping_info", "Courier with Number"), ("merchant_sku", "Merchant Code"), ("platform_sku", "Platform SKU"),
    ("barcode", "Barcode"), ("title", "Product Title"), ("spec", "Specification"), ("is_gift", "Gift"),
    ("after_sale_state", "After-sale State"), ("created_at", "Ordered At"), ("paid_at", "Paid At"), ("shipped_at", "Shipped At"),
    ("done_at", "Completed At"), ("ship_by", "Promised Dispatch"), ("freight", "Freight"), ("paid", "Paid by the Buyer"),
    ("receivable", "Receivable"), ("total", "Total"), ("platform_discount", "Discount Borne by the Platform"),
    ("refund", "Refund"), ("unit_price", "Unit Price"), ("amount", "Amount of the Line"), ("line_refund", "Refund of the Line"),
    ("qty", "Quantity"), ("item_count", "Number of Pieces"), ("shop", "Shop"),
]  # fmt: skip


class CosmeticsOrderImportProfileColumn(models.Model):
    """A fact of an order and the headers it may stand under."""

    _name = "cosmetics.order.import.profile.column"
    _inherit = ["cosmetics.order.import.part"]
    _description = "Column of an Order File"
    _order = "id"

    field = fields.Selection(FIELDS, string="Means", required=True)
    headers = fields.Text(required=True, help="Headers in the file, one a line; the first one that is filled counts.")

    _field_uniq = models.UniqueIndex("(profile_id, field)", "The layout has this column already: add the header there.")
