"""Cases on the page of a member."""

from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_new_case(self):
        """Open an empty case of this member."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_crm_helpdesk.helpdesk_ticket_action")
        phone = self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_phone", raise_if_not_found=False)
        context = {"default_partner_id": self.id, "default_channel_id": phone.id if phone else False}
        return {**action, "view_mode": "form", "views": [(False, "form")], "context": context}

    def _get_personal_data(self):
        data = super()._get_personal_data()
        rows = self.helpdesk_ticket_ids._as_plain_rows(["number", "create_date", "category_id", "name", "stage_id", "outcome_id"])
        return {**data, self.env._("Service Cases"): rows}

    def _before_close_membership(self):
        """Cases stay for the figures of the service; what was told in them goes (records in sudo)."""
        res = super()._before_close_membership()
        tickets = self.env["helpdesk.ticket"].with_context(active_test=False).search([("partner_id", "child_of", self.ids)])
        tickets._forget_text()
        tickets.write({"partner_name": False, "partner_email": False, "partner_phone": False})
        return res
