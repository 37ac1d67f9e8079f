"""What members say, and what is done about it."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.cosmetics_crm_mailing.tools.china import china_day
from odoo.exceptions import UserError

KINDS = [
    ("product", "Product"),
    ("service", "Service"),
    ("store", "Store"),
    ("delivery", "Shipping"),
    ("idea", "Idea"),
    ("praise", "Praise"),
]
HANDLER = "cosmetics_crm_survey.group_feedback_store"
MANAGER = "cosmetics_crm.group_member_manager"
# What a survey said is not rewritten, and who closed it is not typed.
FIXED = {"source", "answer_id", "closed_at", "closed_by_id"}
CLOSING = {"state", "outcome"}


class CosmeticsFeedback(models.Model):
    """One thing that somebody said (客户反馈): from a survey, or noted down in a shop. Done is only what has an outcome."""

    _name = "cosmetics.feedback"
    _description = "Feedback"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state desc, due_on, id desc"
    _check_company_auto = True

    name = fields.Char(string="In Short", required=True, tracking=True)
    description = fields.Text(string="In the Words of the Member")
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    kind = fields.Selection(KINDS, required=True, default="service", tracking=True)
    source = fields.Selection([("staff", "Noted by Staff"), ("survey", "Survey")], required=True, default="staff", readonly=True)
    theme_id = fields.Many2one("cosmetics.feedback.theme", index="btree_not_null", ondelete="restrict", tracking=True)
    store_id = fields.Many2one(
        "cosmetics.store",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        default=lambda self: self.env.user.store_ids if len(self.env.user.store_ids) == 1 else False,
    )
    product_id = fields.Many2one("product.product", index="btree_not_null", ondelete="restrict", check_company=True)
    partner_id = fields.Many2one("res.partner", string="Member", index="btree_not_null", ondelete="restrict")
    document = fields.Char(help="The order or receipt it is about.")
    user_id = fields.Many2one("res.users", string="Responsible", index=True, tracking=True, domain="[('share', '=', False)]")
    noted_on = fields.Date(required=True, default=lambda self: china_day(fields.Datetime.now()), index=True)
    due_on = fields.Date(string="Answer By", default=lambda self: self._default_due_on(), tracking=True)
    state = fields.Selection(
        [("new", "Not Begun"), ("in_work", "In Work"), ("done", "Done")],
        required=True, default="new", index=True, copy=False, tracking=True, group_expand=True,
    )  # fmt: skip
    outcome = fields.Text(string="What Was Done", copy=False, help="What was changed, or what the member was told.")
    closed_at = fields.Datetime(readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    answer_id = fields.Many2one("cosmetics.survey.answer", readonly=True, index="btree_not_null", ondelete="restrict", copy=False)
    csat = fields.Integer(related="answer_id.csat", string="Satisfaction (1–5)")
    nps = fields.Integer(related="answer_id.nps", string="Recommendation (0–10)")
    has_csat = fields.Boolean(related="answer_id.has_csat")
    has_nps = fields.Boolean(related="answer_id.has_nps")
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_is_overdue")
    count = fields.Integer(string="Cases", default=1, readonly=True)

    _done_has_outcome = models.Constraint(
        "CHECK(state <> 'done' OR COALESCE(TRIM(outcome), '') <> '')",
        "Before feedback is done, write down the outcome: what was changed, or what the member was told.",
    )
    _answer_once = models.UniqueIndex("(answer_id) WHERE answer_id IS NOT NULL", "This answer has its feedback already.")
    _open_idx = models.Index("(user_id, due_on) WHERE state <> 'done'")

    @api.model
    def _default_due_on(self):
        return china_day(fields.Datetime.now()) + timedelta(days=self.env.company.feedback_due_days)

    @api.depends("state", "due_on")
    def _compute_is_overdue(self):
        today = china_day(fields.Datetime.now())
        for feedback in self:
            feedback.is_overdue = feedback.state != "done" and bool(feedback.due_on) and feedback.due_on < today

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = fields.Domain([("state", "!=", "done"), ("due_on", "<", china_day(fields.Datetime.now()))])
        return overdue if True in value else ~overdue

    # ------------------------------------------------------------------ writing
    @api.model_create_multi
    def create(self, vals_list):
        """What people write down is noted by staff, by them, and not done yet."""
        if not self.env.su:
            mine = {"source": "staff", "answer_id": False, "state": "new", "closed_at": False, "closed_by_id": False}
            vals_list = [{**vals, **mine} for vals in vals_list]
        records = super().create(vals_list)
        records.filtered(lambda feedback: not feedback.user_id)._choose_responsible()
        return records

    def _choose_responsible(self):
        """Give what has no owner to the manager of the store."""
        for feedback in self:
            manager = feedback.store_id.sudo().manager_id  # sudo: clerks of other stores write things down, too
            if manager and self._may_own(manager, feedback.store_id, feedback.company_id):
                feedback.sudo().user_id = manager  # sudo: a clerk hands over what is not theirs to change

    def write(self, vals):
        if not self.env.su and FIXED & vals.keys():
            raise UserError(self.env._("Where feedback comes from, and who closed it when, follows by itself and is not typed."))
        if CLOSING & vals.keys():
            self._check_may_close()
        if "state" in vals:
            is_done = vals["state"] == "done"
            by = {"closed_at": fields.Datetime.now() if is_done else False, "closed_by_id": self.env.uid if is_done else False}
            changed = self.filtered(lambda feedback: feedback.state != vals["state"])
            super(CosmeticsFeedback, changed).write(by)
        res = super().write(vals)
        if vals.get("state") == "done":
            # sudo: reminders of others, too: there is nothing left to do
            self.sudo().activity_unlink(["cosmetics_crm_survey.mail_activity_type_feedback"])
        return res

    def _check_may_close(self):
        """Who was criticised does not close the case: store managers and member managers do."""
        if not (self.env.su or self.env.user.has_group(HANDLER)):
            raise UserError(self.env._("A store manager or member manager writes down the outcome and closes feedback."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_survey(self):
        if not self.env.su and self.filtered(lambda feedback: feedback.source == "survey" or feedback.state == "done"):
            raise UserError(self.env._("Feedback from a survey, or with an outcome, is kept. Close it instead."))

    # ------------------------------------------------------------------ steps
    def action_start(self):
        """Take over."""
        self.check_access("write")
        self.filtered(lambda feedback: not feedback.user_id).write({"user_id": self.env.uid})
        self.write({"state": "in_work"})

    def action_done(self):
        """Close with the outcome that stands in the form."""
        self.check_access("write")
        if self.filtered(lambda feedback: not (feedback.outcome or "").strip()):
            raise UserError(self.env._("Before feedback is done, write down the outcome: what was changed, or what the member was told."))
        self.write({"state": "done"})

    def action_reopen(self):
        """Go on with what was closed too early; the outcome stays in the form."""
        self.check_access("write")
        self.write({"state": "in_work"})

    # ------------------------------------------------------------------ hooks
    def _prepare_ticket_vals(self):
        """Return what a service ticket takes over from this feedback; glue with a service desk maps the names.

        Keys: name, description (plain text), partner_id, company_id, store_id, product_id, user_id (ids or False), document (text).
        """
        self.ensure_one()
        return {
            "name": self.name,
            "description": self.description or "",
            "document": self.document or "",
            **{name: self[name].id for name in ("partner_id", "company_id", "store_id", "product_id", "user_id")},
        }

    @api.model
    def _may_own(self, user, store, company):
        """Return whether feedback of this store could be given to a user: it must be on that person's list."""
        is_there = company in user.company_ids and (not store or store in user.store_ids or user.has_group(MANAGER))
        return is_there and (user.has_group(HANDLER) or user.has_group(MANAGER))

    def _tell_owner(self):
        """Remind the responsible persons at once, with the day by which to answer."""
        for feedback in self.filtered("user_id"):
            feedback.activity_schedule(
                "cosmetics_crm_survey.mail_activity_type_feedback", feedback.due_on, user_id=feedback.user_id.id, summary=feedback.name
            )
