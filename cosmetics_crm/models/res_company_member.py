"""How a company runs its membership."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    member_tier_window_months = fields.Integer(
        string="Months of Spend", default=12, help="A member's tier depends on what was spent in so many months up to the day."
    )
    member_tier_keep_months = fields.Integer(
        string="Months Between Reviews", default=12, help="A tier is reviewed so many months after it was reached or kept."
    )
    member_tier_notice_days = fields.Integer(
        string="Days of Notice", default=30, help="A member is told so many days before a tier is lost; without notice nobody goes down."
    )
    member_tier_refund_days = fields.Integer(
        string="Days of Grace of an Upgrade",
        default=30,
        help="When goods are brought back within so many days of an upgrade and the spend falls below what the tier asks for, the upgrade"
        " is taken back at once.",
    )

    _member_tier_months_positive = models.Constraint(
        "CHECK(member_tier_window_months > 0 AND member_tier_keep_months > 0)",
        "The months of spend and between reviews must be at least 1.",
    )
    _member_tier_days_positive = models.Constraint(
        "CHECK(member_tier_notice_days >= 0 AND member_tier_refund_days >= 0)", "The days of notice and of grace must not be negative."
    )
