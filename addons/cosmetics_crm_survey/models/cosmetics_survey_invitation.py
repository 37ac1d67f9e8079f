"""Who was asked about what."""

from odoo import api, fields, models

EXCLUDE = (
    "EXCLUDE USING gist (box("
    "point(company_id::float8 * 4294967296 + partner_id, (invited_on - '2000-01-01'::date)::float8), "
    "point(company_id::float8 * 4294967296 + partner_id, (free_on - '2000-01-01'::date)::float8 - 0.5)"
    ") WITH &&) WHERE (is_counted)"
)
"""No two invitations of a member in a company overlap in days. A box over (member, days) needs no extension of PostgreSQL, and both
numbers are exact: ids have 32 bits, a double has 53."""


class CosmeticsSurveyInvitation(models.Model):
    """One member asked about one event, once: the database says so, and keeps the days between two questions. Made by rules only.

    ``invited_on`` and ``free_on`` are days in China: from the one the member has been asked, from the other on may be asked again.
    """

    _name = "cosmetics.survey.invitation"
    _description = "Survey Invitation"
    _order = "id desc"
    _rec_name = "partner_id"

    rule_id = fields.Many2one("cosmetics.survey.rule", required=True, readonly=True, index=True, ondelete="restrict")
    survey_id = fields.Many2one("survey.survey", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    partner_id = fields.Many2one("res.partner", string="Member", required=True, readonly=True, index=True, ondelete="restrict")
    event = fields.Selection(selection="_selection_event", string="Occasion", required=True, readonly=True)
    origin_model = fields.Char(string="Model of the Origin", required=True, readonly=True)
    origin_id = fields.Many2oneReference(string="Id of the Origin", model_field="origin_model", required=True, readonly=True)
    origin_name = fields.Char(string="Document", readonly=True)
    happened_at = fields.Datetime(readonly=True)
    store_id = fields.Many2one("cosmetics.store", readonly=True, index="btree_not_null", ondelete="restrict")
    adviser_id = fields.Many2one("res.users", string="Served By", readonly=True, ondelete="restrict")
    product_ids = fields.Many2many(
        "product.product",
        "cosmetics_survey_invitation_product_rel",
        "invitation_id",
        "product_id",
        string="Products",
        readonly=True,
    )
    invited_on = fields.Date(required=True, readonly=True)
    free_on = fields.Date(string="Next Question From", required=True, readonly=True)
    is_counted = fields.Boolean(default=True, readonly=True, help="Off where the member was not asked after all.")
    state = fields.Selection(
        [("drawn", "To Send"), ("sent", "Sent"), ("answered", "Answered"), ("skipped", "Not Reached"), ("cancelled", "Cancelled")],
        required=True, default="drawn", readonly=True, index=True,
    )  # fmt: skip
    way = fields.Selection([("sms", "SMS"), ("email", "E-mail")], string="Sent Via", readonly=True)
    code = fields.Char(readonly=True, copy=False, groups="cosmetics_crm.group_member_manager")
    user_input_id = fields.Many2one("survey.user_input", string="Answer Sheet", readonly=True, index="btree_not_null", ondelete="set null")
    sms_id = fields.Many2one("sms.sms", string="SMS", readonly=True, index="btree_not_null", ondelete="set null")
    mail_id = fields.Many2one("mail.mail", string="E-mail", readonly=True, index="btree_not_null", ondelete="set null")
    sms_reason = fields.Char(related="sms_id.reason", string="Reason")
    is_answered = fields.Float(
        string="Answered (%)", digits=(16, 1), aggregator="avg", readonly=True, help="100 when answered, else 0: the average is the rate."
    )

    _event_once = models.UniqueIndex("(event, origin_model, origin_id)", "A member is asked about an event once.")
    _days_between = models.Constraint(EXCLUDE, "The member has been asked already within the days between two surveys.")
    _order_of_days = models.Constraint("CHECK(free_on > invited_on)", "The next question comes at least one day later.")
    _code_uniq = models.UniqueIndex("(code) WHERE code IS NOT NULL", "This link exists already.")
    _to_send_idx = models.Index("(rule_id, id) WHERE state = 'drawn'")

    @api.model
    def _selection_event(self):
        return self.env["cosmetics.member.event"]._get_event_kinds()

    def _cancel(self):
        """Ask no more: what waits does not leave, and the links are dead (records in sudo)."""
        waiting = self.filtered(lambda invitation: invitation.state in ("drawn", "sent"))
        waiting.sms_id.filtered(lambda sms: sms.state == "outgoing").action_set_canceled()
        waiting.mail_id.filtered(lambda mail: mail.state == "outgoing").cancel()
        waiting.user_input_id.write({"deadline": fields.Datetime.now()})
        waiting.write({"state": "cancelled"})
        self.user_input_id.write({"email": False})

    def _get_link(self):
        """Return the address that a member opens."""
        self.ensure_one()
        return f"{self.company_id.get_base_url()}/q/{self.sudo().code}"

    def _prepare_answer_vals(self, sheet):
        """Return the values of the answer to this invitation; of nobody's invitation when there is none, e.g. of a link at the till."""
        company = self.company_id or sheet.env.company
        return {
            "user_input_id": sheet.id,
            "survey_id": sheet.survey_id.id,
            "answered_at": sheet.end_datetime or fields.Datetime.now(),
            "company_id": company.id,
            "invitation_id": self.id,
            "rule_id": self.rule_id.id,
            "partner_id": sheet.partner_id.id,
            "event": self.event,
            "origin_model": self.origin_model,
            "origin_id": self.origin_id,
            "origin_name": self.origin_name,
            "store_id": self.store_id.id or sheet.partner_id.member_store_id.id,
            "adviser_id": self.adviser_id.id,
            "product_ids": [(6, 0, self.product_ids.ids)],
        }

    # ------------------------------------------------------------------ words of the messages
    @api.model
    def _get_sms_words(self):
        """Return the names that a template of a survey may use as variables."""
        return ("member", "store", "document", "code")

    def _get_sms_params(self, names):
        """Return {id: {name: value}} for these variables."""
        words = {
            "member": lambda row: row.partner_id.name,
            "store": lambda row: row.store_id.name or row.company_id.name,
            "document": lambda row: row.origin_name,
            "code": lambda row: row.code,
        }
        return {row.id: {name: words[name](row) or "" for name in names} for row in self.sudo()}

    def _get_mail_words(self):
        """Return what the template of the e-mail says of this invitation: {"store", "link", "stop"}."""
        self.ensure_one()
        link = self._get_link()
        return {"store": self.store_id.name or self.company_id.name, "link": link, "stop": f"{link}/stop"}
