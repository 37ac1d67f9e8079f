from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    bill_price_tolerance = fields.Float(
        default=0.01,
        digits=(6, 4),
        help="How much more than the order a vendor bill may ask for a product before it is held, as a share of the price.",
    )
    late_order_mail = fields.Boolean(
        string="Remind Vendors", default=True, help="Write to the vendor once when goods have not come on the promised day."
    )

    _bill_price_tolerance_sane = models.Constraint(
        "CHECK (bill_price_tolerance IS NULL OR (bill_price_tolerance >= 0 AND bill_price_tolerance <= 1))",
        "The price tolerance of vendor bills goes from 0 to 100 %.",
    )
