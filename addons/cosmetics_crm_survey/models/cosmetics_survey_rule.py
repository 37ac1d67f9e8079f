"""Who is asked what, how long after which event."""

import uuid
from ast import literal_eval

from odoo import api, fields, models
from odoo.addons.cosmetics_crm_mailing.tools import sms_text
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .cosmetics_feedback import KINDS
from .res_partner import PURPOSE

WAYS = {"sms": ("sms",), "email": ("email",), "sms_email": ("sms", "email")}


class CosmeticsSurveyRule(models.Model):
    """A survey that is sent by itself (满意度调查规则), n days after an event of a member. An event is asked about once, over all rules."""

    _name = "cosmetics.survey.rule"
    _description = "Survey Rule"
    _inherit = ["mail.thread"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10, help="Where two rules could ask about the same event, the first one does.")
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("stopped", "Stopped")],
        required=True, default="draft", readonly=True, copy=False, tracking=True,
    )  # fmt: skip
    started_at = fields.Datetime(readonly=True, copy=False, help="What happened before is not asked about.")
    survey_id = fields.Many2one("survey.survey", required=True, ondelete="restrict", tracking=True)
    event = fields.Selection(selection="_selection_event", string="Occasion", required=True, tracking=True)
    delay_days = fields.Integer(string="Days After", default=1)
    valid_days = fields.Integer(string="Link Valid for Days", default=14)
    # Whom
    store_ids = fields.Many2many("cosmetics.store", string="Stores", check_company=True, help="Where it happened; empty: everywhere.")
    tier_ids = fields.Many2many("cosmetics.member.tier", string="Member Tiers", help="Empty: all.")
    member_domain = fields.Char(string="Further Condition", default="[]")
    sample_percent = fields.Float(string="Sample (%)", default=100.0, help="So many of the events, drawn by lot, are asked about.")
    seed = fields.Char(default=lambda self: uuid.uuid4().hex[:12], copy=False, readonly=True)
    # How
    channel = fields.Selection(
        [("sms", "SMS"), ("email", "E-mail"), ("sms_email", "SMS, else E-mail")], required=True, default="sms", tracking=True
    )
    sms_template_id = fields.Many2one(
        "cosmetics.sms.template",
        domain="[('state', '=', 'approved'), ('kind', '=', 'survey'), ('company_id', '=', company_id)]",
        ondelete="restrict",
        check_company=True,
    )
    sms_preview = fields.Text(string="On the Phone", related="sms_template_id.full_text")
    mail_template_id = fields.Many2one(
        "mail.template",
        string="E-mail",
        domain="[('model', '=', 'cosmetics.survey.invitation')]",
        default=lambda self: self.env.ref("cosmetics_crm_survey.mail_template_survey", raise_if_not_found=False),
    )
    # What follows
    csat_low = fields.Integer(string="Low Satisfaction Up To", default=2, help="1 to 5; such an answer opens feedback. 0: none does.")
    nps_low = fields.Integer(string="Low Recommendation Up To", default=6, help="0 to 10; such an answer opens feedback. -1: none does.")
    feedback_kind = fields.Selection(KINDS, required=True, default="service", help="The kind of the feedback that a low score opens.")
    user_id = fields.Many2one(
        "res.users", string="Without Store Manager", default=lambda self: self.env.user, help="Who gets feedback that has no store manager."
    )
    invitation_ids = fields.One2many("cosmetics.survey.invitation", "rule_id", string="Invitations")
    sent_count = fields.Integer(string="Sent", compute="_compute_counts")
    answer_count = fields.Integer(string="Answers", compute="_compute_counts")

    _sane = models.Constraint(
        "CHECK(delay_days >= 0 AND valid_days >= 1 AND sample_percent > 0 AND sample_percent <= 100)",
        "The days after the event are not negative, the link is valid for at least 1 day, and the sample is more than 0 and at most 100 %.",
    )
    _limits = models.Constraint(
        "CHECK(csat_low BETWEEN 0 AND 5 AND nps_low BETWEEN -1 AND 10)",
        "Low satisfaction lies between 0 and 5, low recommendation up to 10.",
    )

    @api.model
    def _selection_event(self):
        return self.env["cosmetics.member.event"]._get_event_kinds()

    def _compute_counts(self):
        groups = self.env["cosmetics.survey.invitation"]._read_group(
            [("rule_id", "in", self.ids), ("state", "in", ("sent", "answered"))], ["rule_id", "state"], ["__count"]
        )
        counts = {(rule.id, state): count for rule, state, count in groups}
        for rule in self:
            rule.answer_count = counts.get((rule.id, "answered"), 0)
            rule.sent_count = counts.get((rule.id, "sent"), 0) + rule.answer_count

    # ------------------------------------------------------------------ constraints
    @api.constrains("member_domain")
    def _check_member_domain(self):
        """A condition that does not work, or on what its author may not read, is told when it is written: rules run for everybody."""
        for rule in self:
            try:
                # constraints run with all rights; the author is asked for
                self.env["res.partner"].sudo(False).search_count(rule._get_further_domain(), limit=1)
            except (ValueError, SyntaxError, TypeError, KeyError) as error:
                raise ValidationError(self.env._("The further condition cannot be read: %s", error)) from error

    @api.constrains("state", "survey_id", "channel", "sms_template_id", "mail_template_id")
    def _check_complete(self):
        """What runs is complete, whatever way the state was reached."""
        for rule in self.filtered(lambda rule: rule.state == "running"):
            if fault := rule._get_fault():
                raise ValidationError(fault)

    def _get_fault(self):
        """Return the sentence about what is missing, None when nothing is."""
        self.ensure_one()
        template = self.sms_template_id.sudo()
        ways = WAYS[self.channel]
        if "sms" in ways and (template.state, template.kind) != ("approved", "survey"):
            return self.env._("Choose an approved template of the kind Survey for the SMS.")
        if "sms" in ways and "code" not in sms_text.variables(template.text):
            return self.env._("The SMS does not say where to answer: the template needs the address with ${code}, e.g. shop.cn/q/${code}.")
        unknown = set(sms_text.variables(template.text)) - set(self.env["cosmetics.survey.invitation"]._get_sms_words())
        if "sms" in ways and unknown:
            return self.env._("Nobody fills in ${%s} in a survey. Choose another template.", sorted(unknown)[0])
        if "email" in ways and not self.mail_template_id:
            return self.env._("Choose the template of the e-mail.")
        if not self.survey_id.question_ids:
            return self.env._("The survey has no questions yet.")
        return None

    def write(self, vals):
        if vals.get("state") == "running":
            vals = {**vals, "started_at": fields.Datetime.now()}
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for rule in self.filtered("invitation_ids"):
            raise UserError(self.env._("%s has asked members already; it is archived, not deleted.", rule.name))

    # ------------------------------------------------------------------ steps
    def action_start(self):
        """Begin to ask about what happens from now on."""
        self.check_access("write")
        for rule in self:
            if fault := rule._get_fault():
                raise UserError(fault)
        self.write({"state": "running"})

    def action_stop(self):
        """Ask nobody else; links that were sent stay valid."""
        self.check_access("write")
        self.write({"state": "stopped"})

    def action_run(self):
        """Let the scheduler look for members to ask now."""
        self.check_access("write")
        # sudo: people do not own scheduled actions
        self.env.ref("cosmetics_crm_survey.ir_cron_survey_run").sudo()._trigger()

    def action_open_invitations(self):
        """Show who was asked."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_crm_survey.cosmetics_survey_invitation_action")
        return {**action, "domain": [("rule_id", "=", self.id)], "context": {}, "display_name": self.name}

    def action_open_answers(self):
        """Show what they answered."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_crm_survey.cosmetics_survey_answer_action")
        return {**action, "domain": [("rule_id", "=", self.id)], "context": {}, "display_name": self.name}

    # ------------------------------------------------------------------ whom
    def _get_member_domain(self):
        """Return the domain of the members this rule may ask: those who agreed to be asked and can be reached its way."""
        self.ensure_one()
        agreed = self.env["cosmetics.member.segment"]._get_consent_domain(PURPOSE)
        reachable = Domain.OR(Domain("member_phone" if way == "sms" else "email", "!=", False) for way in WAYS[self.channel])
        domain = Domain("is_member", "=", True) & agreed & reachable & Domain(self._get_further_domain())
        if self.tier_ids:
            domain &= Domain("member_tier_id", "in", self.tier_ids.ids)
        return domain

    def _get_further_domain(self):
        self.ensure_one()
        return literal_eval(self.member_domain or "[]")
