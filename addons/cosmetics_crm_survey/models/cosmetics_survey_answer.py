"""What members answered: one row an answer, ready to be averaged by store, adviser, product and month."""

from odoo import api, fields, models

from ..tools import scores

MANAGER = "cosmetics_crm.group_member_manager"


class CosmeticsSurveyAnswer(models.Model):
    """One answer of one member, made by the system and never changed.

    A score that was not asked for is NULL in the database, not 0, so that averages leave it out; ``has_csat`` and ``has_nps`` say which.
    The average of ``nps_value`` is the NPS, that of ``satisfied_value`` the per cent of the satisfied (``tools/scores.py``).

    Where the survey hides names, ``partner_id`` and what leads to it are for member managers; that is why those fields have a group and
    their open counterparts (``member_id``, ``document``) are computed and cannot be searched.
    """

    _name = "cosmetics.survey.answer"
    _description = "Survey Answer of a Member"
    _order = "answered_at desc, id desc"
    _rec_name = "survey_id"

    user_input_id = fields.Many2one("survey.user_input", required=True, readonly=True, index=True, ondelete="cascade", groups=MANAGER)
    invitation_id = fields.Many2one(
        "cosmetics.survey.invitation", readonly=True, index="btree_not_null", ondelete="restrict", groups=MANAGER
    )
    rule_id = fields.Many2one("cosmetics.survey.rule", readonly=True, index="btree_not_null", ondelete="restrict")
    survey_id = fields.Many2one("survey.survey", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    answered_at = fields.Datetime(required=True, readonly=True, index=True)
    event = fields.Selection(selection="_selection_event", string="Occasion", readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True, index="btree_not_null", ondelete="restrict", groups=MANAGER)
    member_id = fields.Many2one("res.partner", compute="_compute_member_id")
    origin_model = fields.Char(readonly=True, groups=MANAGER)
    origin_id = fields.Many2oneReference(model_field="origin_model", readonly=True, groups=MANAGER)
    origin_name = fields.Char(readonly=True, groups=MANAGER)
    document = fields.Char(compute="_compute_member_id")
    store_id = fields.Many2one("cosmetics.store", readonly=True, index="btree_not_null", ondelete="restrict")
    adviser_id = fields.Many2one("res.users", string="Served By", readonly=True, ondelete="restrict")
    product_ids = fields.Many2many(
        "product.product",
        "cosmetics_survey_answer_product_rel",
        "answer_id",
        "product_id",
        string="Products",
        readonly=True,
        help="An answer counts with each product of the purchase; a total counts it once.",
    )
    has_csat = fields.Boolean(string="Satisfaction Asked", readonly=True)
    csat = fields.Integer(string="Satisfaction (1–5)", readonly=True, aggregator=None)
    csat_value = fields.Float(string="Average Satisfaction (1–5)", digits=(16, 2), readonly=True, aggregator="avg")
    satisfied_value = fields.Float(
        string="CSAT (%)", digits=(16, 1), readonly=True, aggregator="avg", help="Share of those who gave 4 or 5."
    )
    has_nps = fields.Boolean(string="Recommendation Asked", readonly=True)
    nps = fields.Integer(string="Recommendation (0–10)", readonly=True, aggregator=None)
    nps_value = fields.Float(
        string="NPS",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Per cent of promoters (9 and 10) less per cent of detractors (0 to 6).",
    )
    nps_group = fields.Selection([("promoter", "Promoter"), ("passive", "Passive"), ("detractor", "Detractor")], readonly=True)
    comment = fields.Text(string="Words of the Member", readonly=True)
    is_low = fields.Boolean(string="Low Score", readonly=True)
    feedback_ids = fields.One2many("cosmetics.feedback", "answer_id")

    _sheet_once = models.UniqueIndex("(user_input_id)", "This answer sheet has been counted already.")
    _csat_null = models.Constraint(
        "CHECK(COALESCE(has_csat, FALSE) = (csat IS NOT NULL) AND (csat IS NULL) = (satisfied_value IS NULL)"
        " AND (csat IS NULL) = (csat_value IS NULL)"
        " AND (csat IS NULL OR csat BETWEEN 1 AND 5))",
        "A satisfaction lies between 1 and 5, or was not asked.",
    )
    _nps_null = models.Constraint(
        "CHECK(COALESCE(has_nps, FALSE) = (nps IS NOT NULL) AND (nps IS NULL) = (nps_value IS NULL)"
        " AND (nps IS NULL OR nps BETWEEN 0 AND 10))",
        "A recommendation lies between 0 and 10, or was not asked.",
    )

    @api.model
    def _selection_event(self):
        return self.env["cosmetics.member.event"]._get_event_kinds()

    @api.depends_context("uid")
    @api.depends("survey_id.is_name_hidden", "partner_id", "origin_name")
    def _compute_member_id(self):
        sees_all = self.env.user.has_group(MANAGER)
        # sudo: the flag of the survey decides, not who may read surveys
        for answer, secret in zip(self, self.sudo(), strict=True):
            is_open = sees_all or not secret.survey_id.is_name_hidden
            answer.member_id = secret.partner_id.id if is_open else False
            answer.document = secret.origin_name if is_open else False

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._prepare_scores(vals) for vals in vals_list])

    @api.model
    def _prepare_scores(self, vals):
        """Return vals with what follows from the scores; what was not asked must not be written at all, or it would become 0."""
        vals = dict(vals)
        for name in ("csat", "nps"):
            if vals.get(name) is None or vals[name] is False:
                vals.pop(name, None)
        if "csat" in vals:
            vals.update(has_csat=True, csat_value=vals["csat"], satisfied_value=scores.satisfied_value(vals["csat"]))
        if "nps" in vals:
            value = scores.nps_value(vals["nps"])
            group = {100: "promoter", 0: "passive", -100: "detractor"}[value]
            vals.update(has_nps=True, nps_value=value, nps_group=group)
        rule = self.env["cosmetics.survey.rule"].browse(vals.get("rule_id") or ())
        if rule:
            vals["is_low"] = scores.is_low(vals.get("csat"), vals.get("nps"), rule.csat_low, rule.nps_low)
        return vals

    # ------------------------------------------------------------------ what follows
    def _after_answer(self):
        """Open feedback for low scores at once, in the language of the shop (records in sudo)."""
        low = self.filtered("is_low")
        for company, answers in low.grouped("company_id").items():
            own = answers.with_company(company).with_context(lang=company._get_shop_lang())
            self.env["cosmetics.feedback"].with_env(own.env).create([answer._prepare_feedback_vals() for answer in own])._tell_owner()

    def _prepare_feedback_vals(self):
        """Return the values of the feedback that this answer opens. Of a survey that hides names it does not say who spoke."""
        self.ensure_one()
        is_hidden = self.survey_id.is_name_hidden
        parts = [self.env._("satisfaction %s of 5", self.csat)] if self.has_csat else []
        parts += [self.env._("recommendation %s of 10", self.nps)] if self.has_nps else []
        return {
            "name": self.env._("Low score: %s", ", ".join(parts)),
            "description": self.comment,
            "kind": self.rule_id.feedback_kind,
            "source": "survey",
            "company_id": self.company_id.id,
            "store_id": self.store_id.id,
            "user_id": self._choose_owner().id,
            "partner_id": False if is_hidden else self.partner_id.id,
            "document": False if is_hidden else self.origin_name,
            "product_id": self.product_ids.id if len(self.product_ids) == 1 else False,
            "answer_id": self.id,
        }

    def _choose_owner(self):
        """Return the manager of the store, else whom the rule names; somebody who may deal with feedback there."""
        self.ensure_one()
        model = self.env["cosmetics.feedback"]
        people = self.store_id.manager_id | self.rule_id.user_id
        return next((user for user in people if user.active and model._may_own(user, self.store_id, self.company_id)), model.user_id)
