"""Feedback that the service takes on."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html


class CosmeticsFeedback(models.Model):
    _inherit = "cosmetics.feedback"

    ticket_ids = fields.One2many("helpdesk.ticket", "feedback_id", readonly=True)
    ticket_name = fields.Char(string="Service Case", compute="_compute_ticket")
    ticket_stage = fields.Char(string="Stage of the Case", compute="_compute_ticket")

    @api.depends("ticket_ids.stage_id")
    def _compute_ticket(self):
        for feedback in self:
            # sudo: who has the feedback sees that there is a case and how far it is, not what it says
            ticket = feedback.sudo().ticket_ids[:1]
            feedback.ticket_name = ticket.number
            feedback.ticket_stage = ticket.stage_id.name

    @api.model_create_multi
    def create(self, vals_list):
        """A low score becomes a case at once where the rule says so."""
        records = super().create(vals_list)
        # sudo: the rule decides, not who may read rules
        low = records.filtered(lambda feedback: feedback.source == "survey" and feedback.partner_id)
        low.filtered(lambda feedback: feedback.sudo().answer_id.rule_id.opens_case)._open_case()
        return records

    def action_open_case(self):
        """Hand the feedback to the service, and say so; pressed twice it makes one case."""
        self.ensure_one()
        self.check_access("write")
        if not self.partner_id:
            raise UserError(self.env._("Say first which member it is: the service calls back."))
        self._open_case()
        return True

    def _open_case(self):
        """Make the cases that are missing. A unique index keeps them single."""
        # sudo: a store manager hands over, and needs no right to the cases of the service
        missing = self.sudo().filtered(lambda feedback: not feedback.ticket_ids)
        tickets = self.env["helpdesk.ticket"].sudo().create([feedback._prepare_case_vals() for feedback in missing])
        for feedback, ticket in zip(missing, tickets, strict=True):
            feedback.message_post(body=self.env._("Handed to the service as case %s.", ticket.number))

    def _prepare_case_vals(self):
        """Return the values of the service case."""
        taken = self._prepare_ticket_vals()
        lines = [taken["description"] or taken["name"], taken["document"]]
        return {
            "name": taken["name"],
            "description": plaintext2html("\n".join(filter(None, lines))),
            "partner_id": taken["partner_id"],
            "company_id": taken["company_id"],
            "store_id": taken["store_id"],
            "product_id": taken["product_id"],
            "category_id": self.env.ref("cosmetics_crm_helpdesk.helpdesk_ticket_category_complaint").id,
            "feedback_id": self.id,
            # Who answers for the store is criticised, perhaps; the service chooses who calls.
            "user_id": False,
        }
