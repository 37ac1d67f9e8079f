"""Budgets of a year in versions: one is in force, and only a second person puts it there."""

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import AccessError, UserError

# What only the buttons set.
KEPT = frozenset({"state", "version", "submitted_by_id", "approved_by_id", "approved_at"})
STATES = [("draft", "Draft"), ("submitted", "Submitted"), ("approved", "In Force"), ("replaced", "Replaced")]


class CosmeticsBudget(models.Model):
    """The budget of a company for a year. Once submitted its figures stand; in force they change by transfers and supplements alone."""

    _name = "cosmetics.budget"
    _description = "Budget"
    _inherit = ["mail.thread"]
    _order = "year desc, version desc"

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company.root_id,
        domain="[('id', 'in', allowed_company_ids), ('parent_id', '=', False)]",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    year = fields.Selection(
        selection="_get_years", required=True, default=lambda self: str(fields.Date.context_today(self).year), tracking=True
    )
    version = fields.Integer(readonly=True, copy=False, default=1, tracking=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, tracking=True, index=True)
    line_ids = fields.One2many("cosmetics.budget.line", "budget_id", string="Lines", copy=True)
    amount = fields.Monetary(string="Budget of the Year", compute="_compute_amount")
    note = fields.Text()
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)

    _version_uniq = models.Constraint("UNIQUE(company_id, year, version)", "The budget of this year has that version already.")
    _in_force_uniq = models.UniqueIndex(
        "(company_id, year) WHERE state = 'approved'", "Another version of this budget is in force already. Look at it first."
    )

    @api.model
    def _get_years(self):
        year = fields.Date.context_today(self).year
        return [(str(number), str(number)) for number in range(year - 5, year + 4)]

    @api.depends("year", "version")
    def _compute_name(self):
        for budget in self:
            budget.name = self.env._("Budget %(year)s, version %(version)s", year=budget.year, version=budget.version)

    @api.depends("line_ids.amount_year")
    def _compute_amount(self):
        for budget in self:
            budget.amount = sum(budget.line_ids.mapped("amount_year"))

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | KEPT

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_kept(vals)
        # The version is the program's to give, one after those of the company that others made.
        fresh = {}
        numbered = []
        for vals in vals_list:
            vals = {**self.default_get(["company_id", "year"]), **vals}
            key = (vals["company_id"], vals["year"])
            fresh[key] = fresh.get(key, self._get_last_version(*key)) + 1
            numbered.append({**vals, "version": fresh[key]})
        return super().create(numbered)

    def write(self, vals):
        self._check_kept(vals)
        if {"company_id", "year", "line_ids"} & vals.keys():
            self._check_draft()
        res = super().write(vals)
        if "year" in vals:
            # sudo: which months there are is the program's
            for month in self.sudo().line_ids.month_ids:
                month.day = month.day.replace(year=int(vals["year"]))
        return res

    def copy(self, default=None):
        """A copy begins with what each month comes to now, transfers and supplements included."""
        copies = super().copy(default)
        for line, twin in zip(self.line_ids, copies.line_ids, strict=True):
            for month, fresh in zip(line.month_ids.sorted("day"), twin.month_ids.sorted("day"), strict=True):
                fresh.planned = month.amount
        return copies

    def _check_kept(self, vals):
        if not self.env.su and KEPT & vals.keys():
            raise AccessError(self.env._("The state of a budget is set by its buttons: submit it, and have a second person approve it."))

    def _check_draft(self):
        if not self.env.su and any(budget.state != "draft" for budget in self):
            raise UserError(
                self.env._("Only a draft of a budget can be changed. Enter a transfer or a supplement, or make a new version of it.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        if any(budget.state != "draft" for budget in self):
            raise UserError(self.env._("A budget that was submitted is kept. Make a new version of it instead."))

    # ------------------------------------------------------------------ actions
    def action_submit(self):
        """Put drafts before a second person."""
        self.check_access("write")
        for budget in self.filtered(lambda budget: budget.state == "draft"):
            if not budget.line_ids:
                raise UserError(self.env._("%s has no lines yet. Enter what is planned first.", budget.name))
            # sudo: the buttons alone move the state; see _check_kept().
            budget.sudo().write({"state": "submitted", "submitted_by_id": self.env.user.id})

    def action_approve(self):
        """Put a submitted version in force in place of the one before; who made it cannot."""
        self.check_access("write")
        for budget in self.filtered(lambda budget: budget.state == "submitted"):
            hold_rows(budget)
            if self.env.user in budget._get_authors():
                raise UserError(self.env._("%s is your own work. A second person approves it.", budget.name))
            # sudo: as above; the version in force steps back first, one alone may be.
            sudo = budget.sudo()
            before = sudo.search([("company_id", "=", budget.company_id.id), ("year", "=", budget.year), ("state", "=", "approved")])
            before.write({"state": "replaced"})
            before.flush_recordset()
            sudo.write({"state": "approved", "approved_by_id": self.env.user.id, "approved_at": fields.Datetime.now()})

    def action_draft(self):
        """Give a submitted budget back to who made it."""
        self.check_access("write")
        # sudo: the buttons alone move the state; see _check_kept().
        self.filtered(lambda budget: budget.state == "submitted").sudo().write({"state": "draft", "submitted_by_id": False})

    def action_new_version(self):
        """Copy a budget into a draft with the transfers and supplements in it, and open it."""
        self.ensure_one()
        self.check_access("create")
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.copy().id,
            "view_mode": "form",
        }

    def action_open_report(self):
        """Open the variances of this budget."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_finance.cosmetics_budget_report_action")
        return {**action, "domain": [("budget_id", "=", self.id)], "context": {}}

    # ------------------------------------------------------------------ helpers
    def _get_authors(self):
        """Return the users who had a hand in this budget: none of them approves it."""
        self.ensure_one()
        lines = self.line_ids
        return self.create_uid | self.submitted_by_id | lines.create_uid | lines.write_uid | lines.month_ids.write_uid

    @api.model
    def _get_last_version(self, company_id, year):
        """Return the number of the last version of a year, 0 without one."""
        # sudo: versions are numbered past those out of sight
        domain = [("company_id", "=", company_id), ("year", "=", year)]
        return self.sudo().search(domain, order="version desc", limit=1).version
