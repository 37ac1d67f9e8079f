"""How good a vendor was in a quarter, from facts, with a grade that has effects."""

from dateutil.relativedelta import relativedelta
from odoo import Command, api, fields, models
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day
from odoo.exceptions import AccessError, UserError

from ..tools import vendor_score
from .cosmetics_vendor_criterion import KINDS

GRADES = [("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")]
MANUAL = [("100", "Excellent"), ("80", "Satisfying"), ("60", "Fair"), ("30", "Poor"), ("0", "Unacceptable")]
QUARTER = relativedelta(months=3)


class CosmeticsVendorEvaluation(models.Model):
    """A vendor in a quarter. Facts and points are kept; a confirmed evaluation is not changed, and its grade is that of the vendor."""

    _name = "cosmetics.vendor.evaluation"
    _inherit = ["mail.thread"]
    _description = "Vendor Evaluation"
    _order = "starts_on desc, score desc, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", string="Vendor", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    starts_on = fields.Date(string="Quarter From", required=True, default=lambda self: self._get_last_quarter())
    ends_on = fields.Date(string="Quarter To", compute="_compute_ends_on")
    line_ids = fields.One2many("cosmetics.vendor.evaluation.line", "evaluation_id", string="Facts", readonly=True)
    manual_score = fields.Selection(MANUAL, string="Judgement", tracking=True, help="Service, returns, complaints: what no figure tells.")
    manual_note = fields.Text(string="Reasons", tracking=True)
    score = fields.Float(compute="_compute_score", store=True, digits=(5, 1), aggregator="avg", tracking=True)
    grade = fields.Selection(GRADES, compute="_compute_score", store=True, tracking=True)
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Confirmed")], required=True, readonly=True, default="draft", copy=False, tracking=True
    )
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    _one_per_quarter = models.Constraint(
        "UNIQUE (partner_id, company_id, starts_on)", "The vendor has an evaluation of this quarter already."
    )
    _first_of_quarter = models.Constraint(
        "CHECK (EXTRACT(DAY FROM starts_on) = 1 AND EXTRACT(MONTH FROM starts_on) IN (1, 4, 7, 10))",
        "A quarter begins on the first of January, April, July or October.",
    )

    @api.model
    def _get_last_quarter(self):
        """Return the first day of the last quarter that is over in China."""
        today = china_day(fields.Datetime.now())
        return today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1) - QUARTER

    @api.depends("starts_on")
    def _compute_ends_on(self):
        for evaluation in self:
            evaluation.ends_on = evaluation.starts_on and evaluation.starts_on + QUARTER - relativedelta(days=1)

    @api.depends("line_ids.points", "line_ids.weight")
    def _compute_score(self):
        """Points and grade as of the day on which the facts were worked out: other limits change no grade that was given."""
        for evaluation in self:
            company = evaluation.company_id
            score = vendor_score.total([(line.points, line.weight) for line in evaluation.line_ids])
            evaluation.score = score or 0.0
            evaluation.grade = vendor_score.grade(score, (company.grade_a_from, company.grade_b_from, company.grade_c_from)) or False

    @api.depends("partner_id.name", "starts_on")
    def _compute_display_name(self):
        for evaluation in self:
            day = evaluation.starts_on
            evaluation.display_name = (
                f"{evaluation.partner_id.name} {day.year}-Q{(day.month + 2) // 3}" if day else evaluation.partner_id.name
            )

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | {"confirmed_by_id", "line_ids", "score", "grade"}

    @api.model_create_multi
    def create(self, vals_list):
        machine = self._get_machine_fields()
        evaluations = super().create([{name: value for name, value in vals.items() if name not in machine} for vals in vals_list])
        evaluations._refresh()
        return evaluations

    def write(self, vals):
        if not self.env.su:
            if self._get_machine_fields() & vals.keys():
                raise AccessError(self.env._("Facts, points and grades are worked out, and evaluations confirmed by their button."))
            self._check_draft()
        res = super().write(vals)
        if {"partner_id", "company_id", "starts_on", "manual_score"} & vals.keys():
            self._refresh()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        self._check_draft()

    def action_refresh(self):
        """Work the facts out again."""
        self.check_access("write")
        self._check_draft()
        self._refresh()

    def action_confirm(self):
        """Confirm evaluations: the grade becomes that of the vendor."""
        self._check_manager()
        self._check_draft()
        for evaluation in self:
            if not evaluation.grade:
                raise UserError(self.env._("Nothing is known of %s in this quarter: enter a judgement first.", evaluation.display_name))
        self.sudo().write({"state": "done", "confirmed_by_id": self.env.uid})  # sudo: fields of the machine, by the person checked above
        self._apply_grades()

    def action_reopen(self):
        """Take a confirmation back; the vendor has the grade of the quarter before."""
        self._check_manager()
        self.sudo().write({"state": "draft", "confirmed_by_id": False})  # sudo: fields of the machine, by the person checked above
        self._apply_grades()

    @api.model
    def _cron_evaluate(self):
        """Draft the evaluations of the quarter that is over for every vendor of whom something is known."""
        start = self._get_last_quarter()
        for company in self.env["res.company"].search([]):  # pylint: disable=no-search-all; a handful of companies
            known = self.search([("company_id", "=", company.id), ("starts_on", "=", start)]).partner_id
            facts = self._get_facts(company, start, start + QUARTER)
            vendors = self.env["res.partner"].browse(facts).exists() - known
            self.create([{"partner_id": vendor.id, "company_id": company.id, "starts_on": start} for vendor in vendors])

    def _refresh(self):
        """Write facts and points anew."""
        # sudo: facts come from receipts and inspections of all stores, and are kept as figures
        criteria = self.env["cosmetics.vendor.criterion"].sudo().search([])  # pylint: disable=no-search-all; a handful
        for (company, start), evaluations in self.sudo().grouped(lambda one: (one.company_id, one.starts_on)).items():
            facts = self._get_facts(company, start, start + QUARTER)
            for evaluation in evaluations:
                known = dict(facts.get(evaluation.partner_id.commercial_partner_id.id, {}))
                if evaluation.manual_score:
                    known["manual"] = float(evaluation.manual_score)
                evaluation.line_ids = [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "kind": criterion.kind,
                                "fact": known[criterion.kind],
                                "points": vendor_score.points(criterion.kind, known[criterion.kind]),
                                "weight": criterion.weight,
                            }
                        )
                        for criterion in criteria
                        if criterion.kind in known
                    ),
                ]

    def _apply_grades(self):
        """Give each vendor the grade of its latest confirmed evaluation."""
        for company, evaluations in self.sudo().grouped("company_id").items():
            for vendor in evaluations.partner_id.commercial_partner_id:
                latest = self.sudo().search(
                    [("partner_id", "child_of", vendor.id), ("company_id", "=", company.id), ("state", "=", "done")], limit=1
                )
                # sudo: a field of the machine; the person was checked by the button
                vendor.sudo().with_company(company).vendor_grade = latest.grade

    def _check_draft(self):
        if done := self.filtered(lambda evaluation: evaluation.state == "done"):
            raise UserError(self.env._("The evaluation of %s is confirmed. A manager of purchasing reopens it.", done[0].display_name))

    def _check_manager(self):
        self.check_access("write")
        if not self.env.user.has_group("purchase.group_purchase_manager"):
            raise AccessError(self.env._("Evaluations are confirmed and reopened by the managers of purchasing."))


class CosmeticsVendorEvaluationLine(models.Model):
    _name = "cosmetics.vendor.evaluation.line"
    _description = "Fact of a Vendor Evaluation"
    _order = "evaluation_id, id"
    _rec_name = "kind"

    evaluation_id = fields.Many2one("cosmetics.vendor.evaluation", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True)
    kind = fields.Selection(KINDS, string="Criterion", required=True, readonly=True)
    fact = fields.Float(digits=(16, 4), readonly=True, aggregator="avg", help="Shares from 0 to 1, the change of prices, or hours.")
    fact_text = fields.Char(string="Measured", compute="_compute_fact_text")
    points = fields.Float(string="Mark", digits=(5, 1), readonly=True, aggregator="avg")
    weight = fields.Integer(string="Weighting", readonly=True, aggregator=None)

    @api.depends("kind", "fact")
    @api.depends_context("lang")
    def _compute_fact_text(self):
        words = dict(self.env["cosmetics.vendor.evaluation"]._fields["manual_score"]._description_selection(self.env))
        for line in self:
            if line.kind == "manual":
                line.fact_text = words.get(f"{line.fact:.0f}")
            elif line.kind == "answer":
                line.fact_text = self.env._("%(hours)s hours", hours=f"{line.fact:.1f}")
            else:
                line.fact_text = f"{line.fact:+.1%}" if line.kind == "price" else f"{line.fact:.1%}"
