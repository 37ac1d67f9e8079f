"""What a vendor promises about the remaining life of a product."""

from odoo import fields, models


class ProductSupplierinfo(models.Model):
    _inherit = "product.supplierinfo"

    receipt_min_share = fields.Float(
        string="Minimum Share of Life",
        help="Share of the whole life a batch must still have at receipt. With both values 0 the agreement with the vendor counts.",
    )
    receipt_min_days = fields.Integer(
        string="Minimum Remaining Days",
        help="Days a batch must still be usable at receipt. With both values 0 the agreement with the vendor counts.",
    )

    _receipt_minimum_sane = models.Constraint(
        "CHECK ((receipt_min_share IS NULL OR (receipt_min_share >= 0 AND receipt_min_share <= 1)) "
        "AND (receipt_min_days IS NULL OR receipt_min_days >= 0))",
        "The share of life goes from 0 to 100 %, and days cannot be negative.",
    )
