"""Marketing campaigns: whom, what, by which way, at what cost."""

import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import sms_text

STATES = [
    ("draft", "Draft"),
    ("to_approve", "To Approve"),
    ("scheduled", "Scheduled"),
    ("running", "Running"),
    ("done", "Done"),
    ("cancelled", "Cancelled"),
]
OPEN = ("draft", "to_approve")
# What a campaign is; it does not change once members were drawn.
FIXED = {"segment_id", "kind", "channel", "holdout_percent", "seed", "offer", "program_id", "points", "sms_template_id", "company_id"}
# What follows from buttons: whoever wrote it over RPC would go past the approval.
CLOSED = {"state", "requested_by_id", "approved_by_id"}


class CosmeticsCampaign(models.Model):
    """A campaign (营销活动). Its members are drawn once, when it starts; some of them get nothing, to see what it changed."""

    _name = "cosmetics.campaign"
    _description = "Campaign"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "start_at desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one("res.users", string="Responsible", default=lambda self: self.env.user, tracking=True)
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, copy=False, tracking=True, index=True)
    kind = fields.Selection(
        [("once", "Once"), ("birthday", "Every Birthday")],
        required=True,
        default="once",
        help="Every birthday: runs each day; a member is addressed once a year.",
    )
    segment_id = fields.Many2one("cosmetics.member.segment", required=True, ondelete="restrict", check_company=True)
    birthday_days = fields.Integer(string="Days Before the Birthday", default=7)
    start_at = fields.Datetime(string="Start", default=fields.Datetime.now, required=True, copy=False)
    end_on = fields.Date(string="Last Day", help="A birthday campaign ends here; empty: it runs on.")
    # What
    channel = fields.Selection(
        [("sms", "SMS"), ("email", "E-mail"), ("both", "SMS and E-mail")], required=True, default="sms", tracking=True
    )
    sms_template_id = fields.Many2one(
        "cosmetics.sms.template",
        domain="[('state', '=', 'approved'), ('kind', '=', 'marketing'), ('company_id', '=', company_id)]",
        ondelete="restrict",
        check_company=True,
    )
    sms_preview = fields.Text(string="On the Phone", related="sms_template_id.full_text")
    email_subject = fields.Char(string="Subject")
    email_body = fields.Html(string="E-mail", sanitize="email_outgoing")
    offer = fields.Selection([("none", "None"), ("coupon", "Coupon"), ("points", "Points")], required=True, default="none", tracking=True)
    program_id = fields.Many2one("loyalty.program", ondelete="restrict", check_company=True, tracking=True)
    coupon_days = fields.Integer(string="Valid for Days", default=30)
    coupon_value = fields.Monetary(string="Value of an Offer", help="What one used offer costs; for the estimate before the start.")
    points = fields.Float(digits=(16, 2))
    holdout_percent = fields.Float(string="Hold-out (%)", default=10.0, help="So many members, drawn by lot, get nothing: the comparison.")
    seed = fields.Char(default=lambda self: uuid.uuid4().hex[:12], copy=False, readonly=True)
    budget = fields.Monetary(help="The campaign stops sending when messages have cost this; 0: no limit.", tracking=True)
    # Cost and approval
    expected_count = fields.Integer(string="Members Expected", compute="_compute_expected_cost")
    expected_cost = fields.Monetary(compute="_compute_expected_cost", help="All messages, and one offer in ten used.")
    needs_approval = fields.Boolean(compute="_compute_expected_cost")
    requested_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False, tracking=True)
    member_ids = fields.One2many("cosmetics.campaign.member", "campaign_id", string="Members")
    mailing_ids = fields.One2many("mailing.mailing", "member_campaign_id", string="Mailings")

    _sane = models.Constraint(
        "CHECK(holdout_percent >= 0 AND holdout_percent < 100 AND budget >= 0 AND points >= 0 AND coupon_days >= 0 AND birthday_days >= 0)",
        "The hold-out is at least 0 % and less than 100 %; amounts and days are not negative.",
    )

    @api.depends("segment_id.member_count", "holdout_percent", "channel", "sms_template_id", "offer", "coupon_value", "points")
    def _compute_expected_cost(self):
        for campaign in self:
            count = round(campaign.segment_id.member_count * (1 - campaign.holdout_percent / 100))
            parts = campaign.sms_template_id.part_count if campaign.channel in ("sms", "both") else 0
            value = campaign.coupon_value if campaign.offer != "none" else 0
            campaign.expected_count = count
            campaign.expected_cost = count * (parts * campaign.company_id.sms_price + value / 10)
            campaign.needs_approval = campaign.expected_cost >= campaign.company_id.campaign_cost_limit

    # ------------------------------------------------------------------ constraints
    @api.constrains("state", "channel", "sms_template_id", "email_subject", "email_body", "offer", "program_id", "points")
    def _check_complete(self):
        """What goes out is complete and approved, whatever way the state was reached."""
        for campaign in self.filtered(lambda campaign: campaign.state not in (*OPEN, "cancelled")):
            fault = campaign._get_fault()
            if fault:
                raise ValidationError(fault)

    def _get_fault(self):
        """Return the sentence about what is missing, None when nothing is."""
        self.ensure_one()
        template = self.sms_template_id.sudo()
        if self.channel != "email" and (template.state, template.kind) != ("approved", "marketing"):
            return self.env._("Choose an approved marketing template for the SMS.")
        unknown = set(sms_text.variables(template.text)) - set(self.env["cosmetics.campaign.member"]._get_sms_words())
        if self.channel != "email" and unknown:
            return self.env._("Nobody fills in ${%s} in a campaign. Choose another template.", sorted(unknown)[0])
        if self.channel != "sms" and not (self.email_subject and self.email_body):
            return self.env._("Write the subject and the text of the e-mail.")
        if self.offer == "coupon" and self.program_id.program_type not in ("coupons", "next_order_coupons"):
            return self.env._("Choose a coupon program for the offer.")
        if self.offer == "points" and not (self.program_id and self.program_id._is_points_ledger() and self.points > 0):
            return self.env._("Choose a points program and enter how many points each member gets.")
        return None

    @api.model_create_multi
    def create(self, vals_list):
        if any((vals.get(name) or "draft") != "draft" for vals in vals_list for name in CLOSED):
            self._check_may_set_state()
        return super().create(vals_list)

    def _check_may_set_state(self):
        """Who asked, who approved and the state follow from the buttons."""
        if not self.env.su:
            raise UserError(self.env._("The state of a campaign follows from its buttons: schedule, approve, stop."))

    def write(self, vals):
        if CLOSED & vals.keys():
            self._check_may_set_state()
        if FIXED & vals.keys():
            started = self.filtered(
                lambda campaign: campaign.state not in OPEN and any(campaign._is_changed(name, vals) for name in FIXED & vals.keys())
            )
            if started:
                raise UserError(self.env._("%s has been approved or has started; what it is does not change. Copy it.", started[0].name))
        return super().write(vals)

    def _is_changed(self, name, vals):
        old = self[name].id if self._fields[name].type == "many2one" else self[name]
        return (old or False) != (vals[name] or False)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        for campaign in self.filtered("member_ids"):
            raise UserError(self.env._("%s has addressed members; it is archived, not deleted.", campaign.name))

    # ------------------------------------------------------------------ states
    def action_schedule(self):
        """Ask for approval above the limit, else schedule."""
        self.check_access("write")
        for campaign in self.filtered(lambda campaign: campaign.state == "draft"):
            campaign.segment_id.sudo()._refresh()
            fault = campaign._get_fault()
            if fault:
                raise UserError(fault)
            state = "to_approve" if campaign.needs_approval else "scheduled"
            campaign._set_state(state, requested_by_id=self.env.user.id)
            if campaign.state == "scheduled":
                campaign._trigger_run()

    def action_approve(self):
        """Approve the cost; somebody else asked for it."""
        if not self.env.user.has_group("cosmetics_crm_mailing.group_campaign_approver"):
            raise UserError(self.env._("Only a campaign approver may do this."))
        for campaign in self.filtered(lambda campaign: campaign.state == "to_approve"):
            if self.env.user in (campaign.requested_by_id, campaign.create_uid):
                raise UserError(self.env._("Somebody else has to approve %s: you asked for it.", campaign.name))
            campaign._set_state("scheduled", approved_by_id=self.env.user.id)
            campaign._trigger_run()

    def action_draft(self):
        """Take back to draft what has not started."""
        if self.member_ids:
            raise UserError(self.env._("The campaign has started. Stop it instead."))
        self._set_state("draft", approved_by_id=False, requested_by_id=False)

    def action_cancel(self):
        """Stop: nobody else is addressed; what waits in the queue is cancelled."""
        self._set_state("cancelled")
        # sudo: only the system writes on outgoing messages
        waiting = self.env["sms.sms"].sudo().search([("mailing_id.member_campaign_id", "in", self.ids), ("state", "=", "outgoing")])
        waiting.action_set_canceled()

    def action_open_campaign_members(self):
        """Show whom the campaign addressed, and whom not."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_crm_mailing.cosmetics_campaign_member_action")
        return {**action, "domain": [("campaign_id", "=", self.id)], "context": {}, "display_name": self.name}

    def action_open_mailings(self):
        """Show Odoo's mailings of this campaign: sent, delivered, opened, clicked."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Mailings"),
            "res_model": "mailing.mailing",
            "view_mode": "list,form",
            "domain": [("member_campaign_id", "=", self.id)],
        }

    def _set_state(self, state, **vals):
        """Change the state on behalf of a button; the user may write the campaign."""
        self.check_access("write")
        # sudo: the state is closed to people
        self.sudo().write({"state": state, **vals})

    def _trigger_run(self):
        # sudo: people do not own scheduled actions
        for campaign in self:
            self.env.ref("cosmetics_crm_mailing.ir_cron_campaign_run").sudo()._trigger(at=max(campaign.start_at, fields.Datetime.now()))
