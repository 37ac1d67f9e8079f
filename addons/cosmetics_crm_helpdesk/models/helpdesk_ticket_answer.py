"""Answers to customers."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ..tools.answer_text import open_places


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    answer_id = fields.Many2one(
        "cosmetics.service.answer",
        string="Answer Template",
        copy=False,
        ondelete="set null",
        groups="base.group_user",
        domain="['|', ('category_ids', '=', False), ('category_ids', '=', category_id)]",
    )
    answer_text = fields.Text(string="Answer", copy=False, groups="base.group_user")

    @api.onchange("answer_id")
    def _onchange_answer_id(self):
        if self.answer_id:
            self.answer_text = self.answer_id._fill(self)

    def action_send_answer(self):
        """Post the answer to the customer: in the portal, and by mail to who has an address."""
        self.ensure_one()
        self.check_access("write")
        if not self.answer_text:
            raise UserError(self.env._("Write the answer first, or choose a template."))
        if places := open_places(self.answer_text):
            raise UserError(self.env._("The answer still has {%s} in it. Put in what belongs there.", places[0]))
        if not self.partner_id:
            raise UserError(self.env._("Choose the customer first: nobody would get the answer."))
        body = plaintext2html(self.answer_text)
        # Who has no address reads it in the portal, or hears it on the telephone: a mail could only fail.
        addressed = self.partner_id.filtered("email").ids
        self.message_post(body=body, message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=addressed)
        self.write({"answer_id": False, "answer_text": False})

    def _message_post_after_hook(self, message, msg_values):
        """What a colleague writes to the customer is the first answer: the case is no longer new."""
        res = super()._message_post_after_hook(message, msg_values)
        is_answer = message.message_type == "comment" and message.subtype_id == self.env.ref("mail.mt_comment")
        if is_answer and message.author_id.user_ids.filtered(lambda user: not user.share) and message.author_id != self.partner_id:
            for ticket in self.filtered(lambda ticket: ticket.unattended and ticket.has_access("write")):
                ticket.stage_id = ticket._get_working_stage()
        return res

    def _get_answer_values(self):
        """Return {place: text} for templates of answers; an override adds its own."""
        self.ensure_one()
        return {
            "member": self.partner_id.name or self.partner_name,
            "case": self.number if self.number != "/" else "",
            "product": self.product_id.name,
            "company": self.company_id.name,
            "user": self.env.user.name,
        }
