"""How the company watches shelf life."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    near_expiry_sales_days = fields.Integer(
        string="Sales of the Last Days",
        default=90,
        help="The near-expiry list judges how fast goods sell by the sales of this many days.",
    )

    _near_expiry_sales_days_positive = models.Constraint(
        "CHECK(near_expiry_sales_days BETWEEN 1 AND 730)", "Judge the speed of sales by 1 to 730 days, e.g. 90."
    )
