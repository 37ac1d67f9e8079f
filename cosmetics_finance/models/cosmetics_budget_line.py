from decimal import Decimal

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows

from ..tools import budget as rules

CARRIES = [(rules.MONTH, "Each Month Alone"), (rules.FORWARD, "Unused Rest to the Next Month"), (rules.YEAR, "The Whole Year")]
CONTROLS = [("none", "Only Show"), ("warn", "Warn"), ("stop", "Stop")]


class CosmeticsBudgetLine(models.Model):
    """What may be spent on accounts, and within them of a shop or an analytic account.

    A line counts everything that fits it, also what another line counts: the total of an account and its share of a shop are two lines.
    """

    _name = "cosmetics.budget.line"
    _description = "Budget Line"
    _order = "budget_id, sequence, id"
    _check_company_auto = True

    budget_id = fields.Many2one("cosmetics.budget", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="budget_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(related="budget_id.state")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, help="What the money is for, e.g. Travel of the shops.")
    account_prefix = fields.Char(
        string="Accounts", required=True, help="First digits of the accounts, e.g. 5601 for all selling expenses (销售费用)."
    )
    store_id = fields.Many2one("cosmetics.store", string="Shop", check_company=True, index="btree_not_null")
    analytic_account_id = fields.Many2one("account.analytic.account", check_company=True, index="btree_not_null")
    carry = fields.Selection(CARRIES, string="Unused Rest", required=True, default=rules.FORWARD)
    control = fields.Selection(
        CONTROLS, string="When Exceeded", required=True, default="warn", help="Stop: nothing that exceeds it can be submitted or posted."
    )
    month_ids = fields.One2many("cosmetics.budget.month", "line_id", string="Months", copy=False)
    amount_year = fields.Monetary(
        string="Year",
        compute="_compute_amount_year",
        inverse="_inverse_amount_year",
        store=True,
        copy=False,
        help="Entered here it is spread over the months evenly.",
    )

    _prefix_digits = models.Constraint(
        "CHECK(account_prefix ~ '^[0-9]+$')", "Enter the first digits of the accounts, e.g. 5601, without blanks or letters."
    )

    @api.depends("month_ids.planned", "month_ids.adjusted")
    def _compute_amount_year(self):
        for line in self:
            line.amount_year = sum(line.month_ids.mapped("amount"))

    def _inverse_amount_year(self):
        for line in self:
            amounts = rules.spread(Decimal(str(line.amount_year)), Decimal(str(line.currency_id.rounding)))
            line._add_months()
            for month, amount in zip(line.month_ids.sorted("day"), amounts, strict=True):
                month.planned = float(amount)

    @api.model_create_multi
    def create(self, vals_list):
        self.env["cosmetics.budget"].browse([vals["budget_id"] for vals in vals_list if vals.get("budget_id")])._check_draft()
        lines = super().create(vals_list)
        lines._add_months()
        return lines

    def write(self, vals):
        self.budget_id._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self.budget_id._check_draft()

    def action_open_months(self):
        """Open the months of a line."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    # ------------------------------------------------------------------ helpers
    def _add_months(self):
        """Give each line its twelve months."""
        # sudo: which months there are is the program's
        self.env["cosmetics.budget.month"].sudo().create(
            [
                {"line_id": line.id, "day": f"{line.budget_id.year}-{month:02d}-01"}
                for line in self.filtered(lambda line: not line.month_ids)
                for month in range(1, 13)
            ]
        )

    def _get_available(self):
        """Return {line: twelve amounts left (Decimal) by the rule of the line, after all that is committed or spent}."""
        usage = self.env["cosmetics.budget"]._get_usage(self)
        found = {}
        for line in self:
            plan = [Decimal(str(month.amount)) for month in line.month_ids.sorted("day")]
            used = [sum(usage.get((line.id, month), (0, 0)), Decimal(0)) for month in range(1, 13)]
            found[line] = [rules.get_available(plan, used, line.carry, month) for month in range(1, 13)]
        return found

    def _hold(self):
        """Let nobody else spend of these lines until the end of the transaction."""
        hold_rows(self)
