"""A member wants to be forgotten."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CosmeticsMemberClose(models.TransientModel):
    """Asks once more before personal data go for good."""

    _name = "cosmetics.member.close"
    _description = "Close Membership"

    partner_id = fields.Many2one("res.partner", string="Member", required=True, default=lambda self: self.env.context.get("active_id"))

    loss = fields.Char(compute="_compute_loss", help="What the member loses with the membership.")
    is_loss_agreed = fields.Boolean(string="The member knows and agrees")

    @api.depends("partner_id")
    def _compute_loss(self):
        for wizard in self:
            wizard.partner_id._check_is_manager()
            wizard.loss = wizard.partner_id._get_closing_loss()

    def action_close(self):
        """Close the membership and go back to the list; what is lost has to be agreed to."""
        self.ensure_one()
        if self.loss and not self.is_loss_agreed:
            raise UserError(self.env._("%s Tell the member, and tick that the member agrees.", self.loss))
        self.partner_id._close_membership()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_crm.res_partner_action")
        return {**action, "target": "main"}
