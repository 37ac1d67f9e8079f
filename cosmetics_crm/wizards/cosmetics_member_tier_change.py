"""A person gives a member another tier than the purchases do."""

from odoo import fields, models


class CosmeticsMemberTierChange(models.TransientModel):
    """Changes the tier of one member by hand; the history says who did it."""

    _name = "cosmetics.member.tier.change"
    _description = "Change Tier"

    partner_id = fields.Many2one("res.partner", string="Member", required=True, default=lambda self: self.env.context.get("active_id"))
    tier_id = fields.Many2one("cosmetics.member.tier", required=True)

    def action_change(self):
        """Write the tier; the member's own rules keep the history."""
        self.partner_id.member_tier_id = self.tier_id
        return {"type": "ir.actions.act_window_close"}
