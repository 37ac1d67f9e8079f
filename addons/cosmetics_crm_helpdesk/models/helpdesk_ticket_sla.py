"""Deadlines follow from the case: nobody types them."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def set_sla(self):
        """Set the deadlines anew."""
        self.check_access("write")
        # sudo: deadlines are nobody's to type, so nobody has the right to write them
        return super(HelpdeskTicket, self.sudo()).set_sla()

    def refresh_sla(self):
        """Bring the deadlines to what the case is now."""
        self.check_access("write")
        # sudo: as above
        return super(HelpdeskTicket, self.sudo()).refresh_sla()

    def _follow_sla(self):
        """Bring the deadlines of open cases to what they are now; one that holds already keeps its time."""
        for ticket in self.filtered(lambda ticket: ticket.team_sla and not ticket.closed):
            ticket.refresh_sla()

    def _get_sla_ticket_domain(self):
        """Deadlines of the company of the case, also where the system sets them."""
        return Domain.AND([super()._get_sla_ticket_domain(), Domain("company_id", "in", [False, self.company_id.id])])


class HelpdeskTicketSla(models.Model):
    _inherit = "helpdesk.ticket.sla"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_is_system()
        return super().create(vals_list)

    def write(self, vals):
        self._check_is_system()
        return super().write(vals)

    def _stage_recompute(self):
        # sudo: what the clock says is nobody's to type
        return super(HelpdeskTicketSla, self.sudo())._stage_recompute()

    @api.model
    def _check_is_system(self):
        if not self.env.su:
            raise UserError(self.env._("Deadlines follow from the case and the agreed times. Change the case, or the times."))
