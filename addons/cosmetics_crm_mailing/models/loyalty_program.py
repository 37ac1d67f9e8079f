"""Rules of coupons: which go together, how often a member and a store may use them."""

from odoo import fields, models

COUPONS = ("coupons", "next_order_coupons")


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    coupon_stacking = fields.Selection(
        [("any", "With any other"), ("others", "With coupons of other programs"), ("alone", "Alone")],
        string="May Be Combined",
        required=True,
        default="any",
    )
    coupon_member_limit = fields.Integer(string="Uses per Member", help="0: no limit.")
    coupon_store_limit = fields.Integer(string="Uses per Store", help="0: no limit.")

    _coupon_limits_positive = models.Constraint(
        "CHECK(coupon_member_limit >= 0 AND coupon_store_limit >= 0)", "Limits of coupons are not negative; 0 means no limit."
    )

    def _has_coupon_rules(self):
        """Return whether the rules of coupons are for the cards of this program."""
        return self.program_type in COUPONS
