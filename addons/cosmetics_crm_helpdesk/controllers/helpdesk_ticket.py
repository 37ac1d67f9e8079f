"""What customers do with their cases in the portal."""

from odoo import http
from odoo.addons.helpdesk_mgmt.controllers.main import HelpdeskTicketController
from odoo.addons.helpdesk_mgmt.controllers.myaccount import CustomerPortalHelpdesk
from odoo.exceptions import AccessError, MissingError
from odoo.http import request


class ServiceTicketController(HelpdeskTicketController):
    @http.route()
    def support_ticket_close(self, **kw):
        """Close a case of one's own; of others, and of allergies, nothing happens.

        OCA looks the case up with all rights, so that anybody who is signed in could close any case by its number.
        """
        ticket_id, stage_id = str(kw.get("ticket_id", "")), str(kw.get("stage_id", ""))
        if not (ticket_id.isdigit() and stage_id.isdigit()):
            return request.redirect("/my")
        ticket = request.env["helpdesk.ticket"].browse(int(ticket_id))
        try:
            ticket.check_access("read")
            stages = ticket._get_portal_stages()
        except (AccessError, MissingError):
            return request.redirect("/my")
        stage = stages.filtered(lambda stage: stage.id == int(stage_id))
        if stage and not ticket.closed:
            # sudo: customers write on no case; this one is the customer's own, and the stage is one they may choose.
            ticket.sudo()._close_by_customer(stage.sudo())
        return request.redirect(f"/my/ticket/{ticket.id}")


class ServicePortal(CustomerPortalHelpdesk):
    def _ticket_get_page_view_values(self, ticket, access_token, **kwargs):
        values = super()._ticket_get_page_view_values(ticket, access_token, **kwargs)
        return {**values, "closed_stages": ticket._get_portal_stages()}
