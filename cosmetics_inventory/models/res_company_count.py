from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    count_tolerance_quantity = fields.Float(
        string="Count Tolerance (Units)",
        default=2.0,
        digits="Product Unit",
        help="A difference of more units is counted again by somebody else.",
    )
    count_tolerance_value = fields.Monetary(
        string="Count Tolerance (Value)", default=200.0, help="A difference worth more, at cost, is counted again by somebody else."
    )
    count_approval_limit = fields.Monetary(
        string="Approval by Store Managers up to",
        default=500.0,
        help="All differences of a count added up, at cost. Above it a warehouse or quality manager approves.",
    )
    count_reason_value = fields.Monetary(
        string="Reason Required from", default=100.0, help="A difference worth this much or more, at cost, needs a reason."
    )

    _count_limits_positive = models.Constraint(
        "CHECK(count_tolerance_quantity >= 0 AND count_tolerance_value >= 0 AND count_approval_limit >= 0 AND count_reason_value >= 0)",
        "The limits of stock counts cannot be negative.",
    )
