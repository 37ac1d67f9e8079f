"""What passed between a member and us, on the page of the member."""

from odoo import fields, models

from .res_partner_member import ADVISER


class ResPartner(models.Model):
    _inherit = "res.partner"

    member_contact_ids = fields.One2many("cosmetics.member.contact", "partner_id", string="Talks", groups=ADVISER)
    member_interaction_ids = fields.One2many("cosmetics.member.interaction", "partner_id", string="Interactions", groups=ADVISER)

    def action_open_member_interactions(self):
        """Show everything that passed between the member and us, newest first."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_crm.cosmetics_member_interaction_action")
        return {**action, "domain": [("partner_id", "=", self.id)], "context": {}, "display_name": self.display_name}

    def action_write_down_talk(self):
        """Open an empty talk with this member."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write Down a Talk"),
            "res_model": "cosmetics.member.contact",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_partner_id": self.id, "default_store_id": self.env.user.store_ids[:1].id},
        }
