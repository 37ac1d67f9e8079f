"""Members where segments and campaigns look at them."""

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    loyalty_card_ids = fields.One2many(
        "loyalty.card", "partner_id", string="Cards and Coupons", groups="cosmetics_crm.group_member_manager"
    )
    campaign_member_ids = fields.One2many(
        "cosmetics.campaign.member", "partner_id", string="Campaigns", groups="cosmetics_crm.group_member_manager"
    )
    member_coupon_count = fields.Integer(
        string="Coupons to Use", compute="_compute_member_coupon_count", groups="cosmetics_crm.group_member_adviser"
    )

    def _compute_member_coupon_count(self):
        """Advisers see that a member has coupons, nothing else of them."""
        today = fields.Date.context_today(self)
        # sudo: cards themselves are for the member manager
        counts = dict(
            self.env["loyalty.card"]
            .sudo()
            ._read_group(
                [
                    ("partner_id", "in", self.ids),
                    ("program_id.program_type", "in", ("coupons", "next_order_coupons")),
                    ("points", ">", 0),
                    "|",
                    ("expiration_date", "=", False),
                    ("expiration_date", ">=", today),
                ],
                ["partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.member_coupon_count = counts.get(partner, 0)
