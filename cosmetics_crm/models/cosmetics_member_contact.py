"""What was said with a member on the telephone, in the shop, in a chat: written down by hand."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CosmeticsMemberContact(models.Model):
    """One talk with a member. A next step with a day becomes an activity on the member."""

    _name = "cosmetics.member.contact"
    _description = "Talk with a Member"
    _order = "happened_at desc, id desc"
    _rec_name = "summary"

    partner_id = fields.Many2one(
        "res.partner", string="Member", required=True, index=True, ondelete="restrict", domain="[('is_member', '=', True)]"
    )
    kind = fields.Selection(
        [("call", "Phone Call"), ("visit", "Visit in the Shop"), ("chat", "Chat"), ("other", "Other")],
        required=True,
        default="call",
        help="Chat: WeChat and other messengers, written down by hand.",
    )
    happened_at = fields.Datetime(string="When", required=True, default=fields.Datetime.now)
    summary = fields.Char(required=True, help="What was said, in one line. No health data: those have a place of their own.")
    note = fields.Text(string="Details")
    user_id = fields.Many2one(
        "res.users", string="By", required=True, readonly=True, default=lambda self: self.env.user, ondelete="restrict", copy=False
    )
    store_id = fields.Many2one("cosmetics.store", index="btree_not_null", ondelete="restrict")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, default=lambda self: self.env.company, ondelete="restrict"
    )
    next_step = fields.Char(help="What was promised, e.g. call back when the cream is there. With a day it becomes an activity.")
    next_on = fields.Date(string="Next Step On")

    _next_day_needs_step = models.Constraint(
        "CHECK (next_on IS NULL OR next_step IS NOT NULL)", "Say what the next step is, or leave its day empty."
    )

    @api.constrains("happened_at")
    def _check_happened_at(self):
        soon = fields.Datetime.add(fields.Datetime.now(), minutes=5)  # clocks differ
        if self.filtered(lambda contact: contact.happened_at > soon):
            raise UserError(self.env._("A talk that is still to come is no talk yet. Plan it as a next step or an appointment."))

    @api.constrains("partner_id")
    def _check_partner_id(self):
        # sudo: the rule reads one flag, whoever writes
        if others := self.partner_id.sudo().filtered(lambda partner: not partner.is_member):
            raise UserError(self.env._("%s is no member. Talks are kept of members only.", others[0].display_name))

    @api.model_create_multi
    def create(self, vals_list):
        """Write down the talks in the name of who writes; plan what was promised."""
        if not self.env.su:
            vals_list = [{**vals, "user_id": self.env.uid} for vals in vals_list]
        contacts = super().create(vals_list)
        contacts._plan_next_step()
        return contacts

    def write(self, vals):
        if not self.env.su and {"user_id", "company_id"} & set(vals):
            raise UserError(self.env._("Who wrote down a talk is not changed. Write down one of your own."))
        res = super().write(vals)
        if "partner_id" in vals:
            self.check_access("write")  # a member of one's own, after the change too
        if "next_on" in vals:
            self._plan_next_step()
        return res

    def _plan_next_step(self):
        """Plan what was promised, for the one who promised it."""
        for contact in self.filtered("next_on"):
            contact.partner_id.activity_schedule(
                "mail.mail_activity_data_todo", date_deadline=contact.next_on, summary=contact.next_step, user_id=contact.user_id.id
            )
