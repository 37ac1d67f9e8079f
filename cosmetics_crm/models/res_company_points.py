"""What a company decides about points."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    points_start = fields.Selection(
        [("order", "At once"), ("delivery", "After delivery")],
        string="Points of Orders Count", default="delivery", required=True, help="For new programs; each program can say otherwise.",
    )  # fmt: skip
    points_adjust_limit = fields.Float(
        string="Points Without Approval", digits=(16, 2), help="Adjustments up to so many points need no second person."
    )

    _points_adjust_limit_check = models.Constraint("CHECK (points_adjust_limit >= 0)", "A limit of points is not negative.")
