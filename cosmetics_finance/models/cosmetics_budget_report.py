from odoo import fields, models
from odoo.tools import SQL


class CosmeticsBudgetReport(models.Model):
    """A month of a budget line with what is committed and spent. Read only; the id is that of the month."""

    _name = "cosmetics.budget.report"
    _description = "Budget Variance"
    _auto = False
    _order = "day, line_id"
    _rec_name = "line_id"
    _depends = {
        "account.move.line": ["account_id", "analytic_distribution", "balance", "company_id", "date", "parent_state", "store_id"],
        "cosmetics.budget": ["company_id", "state", "year"],
        "cosmetics.budget.line": ["account_prefix", "analytic_account_id", "budget_id", "company_id", "control", "store_id"],
        "cosmetics.budget.month": ["adjusted", "carried_to_id", "day", "line_id", "planned", "reason"],
    }

    budget_id = fields.Many2one("cosmetics.budget", readonly=True)
    state = fields.Selection(related="budget_id.state")
    line_id = fields.Many2one("cosmetics.budget.line", string="Budget Line", readonly=True)
    month_id = fields.Many2one("cosmetics.budget.month", string="Month of the Line", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    store_id = fields.Many2one("cosmetics.store", string="Shop", readonly=True)
    analytic_account_id = fields.Many2one("account.analytic.account", readonly=True)
    account_prefix = fields.Char(string="Accounts", readonly=True)
    day = fields.Date(string="Month", readonly=True)
    planned = fields.Monetary(string="Budgeted", readonly=True, help="With transfers and supplements.")
    committed = fields.Monetary(readonly=True, help="Requested or approved, not in the books yet.")
    actual = fields.Monetary(string="Spent", readonly=True, help="Posted entries.")
    rest = fields.Monetary(readonly=True, help="Budget less what is committed and spent.")
    percent = fields.Float(string="Used (%)", readonly=True, aggregator=None, digits=(16, 1))
    reason = fields.Char(related="month_id.reason", readonly=False)

    @property
    def _table_query(self):
        return SQL(
            """SELECT month.id AS id, month.id AS month_id, line.id AS line_id, budget.id AS budget_id, line.company_id AS company_id,
                      line.store_id AS store_id, line.analytic_account_id AS analytic_account_id, line.account_prefix AS account_prefix,
                      month.day AS day, amounts.planned, amounts.committed, amounts.actual,
                      amounts.planned - amounts.committed - amounts.actual AS rest,
                      CASE WHEN amounts.planned > 0
                           THEN round(100 * (amounts.committed + amounts.actual) / amounts.planned, 1) END AS percent
                 FROM cosmetics_budget_month month
                 JOIN cosmetics_budget_line line ON line.id = month.line_id
                 JOIN cosmetics_budget budget ON budget.id = line.budget_id
                 LEFT JOIN (%s) used ON used.line_id = line.id AND used.month = extract(month FROM month.day)
                 CROSS JOIN LATERAL (SELECT COALESCE(month.planned, 0) + COALESCE(month.adjusted, 0) AS planned,
                                            COALESCE(used.committed, 0) AS committed, COALESCE(used.actual, 0) AS actual) amounts""",
            self.env["cosmetics.budget"]._get_usage_query(),
        )
