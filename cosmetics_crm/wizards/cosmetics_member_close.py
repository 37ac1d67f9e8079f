"""A member wants to be forgotten."""

from odoo import fields, models


class CosmeticsMemberClose(models.TransientModel):
    """Asks once more before personal data go for good."""

    _name = "cosmetics.member.close"
    _description = "Close Membership"

    partner_id = fields.Many2one("res.partner", string="Member", required=True, default=lambda self: self.env.context.get("active_id"))

    def action_close(self):
        """Close the membership and go back to the list."""
        self.partner_id._close_membership()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_crm.res_partner_action")
        return {**action, "target": "main"}
