"""Break-even (盈亏平衡) of each shop and month: what it must sell to pay its fixed costs."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.row_id import row_id

# Rates of many rows are those of their sums; each needs sales, and the break-even a contribution above nothing.
RATIOS = {
    "contribution_percent": "100 * SUM(%(contribution)s) / NULLIF(SUM(%(revenue)s), 0)",
    "break_even": "CASE WHEN SUM(%(contribution)s) > 0 AND SUM(%(revenue)s) > 0"
    " THEN SUM(%(fixed)s) * SUM(%(revenue)s) / SUM(%(contribution)s) END",
    "safety": "CASE WHEN SUM(%(contribution)s) > 0 AND SUM(%(revenue)s) > 0"
    " THEN SUM(%(revenue)s) - SUM(%(fixed)s) * SUM(%(revenue)s) / SUM(%(contribution)s) END",
    "safety_percent": "CASE WHEN SUM(%(contribution)s) > 0 AND SUM(%(revenue)s) > 0"
    " THEN 100 - 100 * SUM(%(fixed)s) / SUM(%(contribution)s) END",
}
COLUMNS = ("contribution", "fixed", "revenue")


class CosmeticsBreakEven(models.Model):
    """One row a company, month and shop; what belongs to no shop is a row without one, so that nothing is dropped.

    Revenue and gross profit are those of :class:`CosmeticsProfit`. Fixed and variable costs are posted items of accounts so marked, shared
    by the analytic accounts of shops, or else of the shop of the item.
    """

    _name = "cosmetics.break.even"
    _description = "Break-Even"
    _auto = False
    _order = "day desc, store_id"
    _depends = {
        "account.account": ["account_type", "cost_behaviour"],
        "account.move.line": ["account_id", "analytic_distribution", "balance", "company_id", "date", "parent_state", "store_id"],
        "cosmetics.profit": ["company_id", "date", "profit", "revenue", "store_id"],
        "cosmetics.store": ["analytic_account_id"],
    }

    name = fields.Char(string="Shop or None", compute="_compute_name")
    day = fields.Date(string="Month", readonly=True)
    month = fields.Char(string="Month Shown", readonly=True, help="Year and month.")
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    store_id = fields.Many2one("cosmetics.store", string="Shop", readonly=True, help="Empty: what belongs to no shop.")
    revenue = fields.Monetary(string="Sales", readonly=True, help="Without VAT, after discounts.")
    gross_profit = fields.Monetary(readonly=True, help="Sales less cost of goods, platform fees, testers and losses.")
    variable = fields.Monetary(string="Variable Costs", readonly=True, help="Posted on accounts that are marked as variable.")
    contribution = fields.Monetary(readonly=True, help="Gross profit less variable costs: what is left to pay the fixed ones.")
    fixed = fields.Monetary(string="Fixed Costs", readonly=True, help="Posted on accounts that are marked as fixed.")
    result = fields.Monetary(readonly=True, help="Contribution less fixed costs.")
    contribution_percent = fields.Float(string="Contribution (%)", readonly=True, aggregator="avg", digits=(16, 1))
    break_even = fields.Monetary(
        string="Break-Even Sales",
        readonly=True,
        aggregator="avg",
        help="Sales that pay the fixed costs. None where sales bring no contribution.",
    )
    safety = fields.Monetary(
        string="Margin of Safety", readonly=True, aggregator="avg", help="Sales beyond the break-even; red: short of it."
    )
    safety_percent = fields.Float(string="Safety (%)", readonly=True, aggregator="avg", digits=(16, 1))
    state = fields.Selection(
        [("above", "Above Break-Even"), ("below", "Below Break-Even"), ("never", "No Contribution"), ("none", "No Sales")], readonly=True
    )

    @api.depends("store_id")
    @api.depends_context("lang")
    def _compute_name(self):
        for row in self:
            # sudo: the name of a shop out of sight is no secret to who reads its figures
            row.name = row.sudo().store_id.name or self.env._("No Shop")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT %(id)s AS id, whole.*, to_char(day, 'YYYY-MM') AS month, contribution - fixed AS result,
                   100 * contribution / NULLIF(revenue, 0) AS contribution_percent,
                   CASE WHEN revenue > 0 AND contribution > 0 THEN fixed * revenue / contribution END AS break_even,
                   CASE WHEN revenue > 0 AND contribution > 0 THEN revenue - fixed * revenue / contribution END AS safety,
                   CASE WHEN revenue > 0 AND contribution > 0 THEN 100 - 100 * fixed / contribution END AS safety_percent,
                   CASE WHEN revenue <= 0 THEN 'none' WHEN contribution <= 0 THEN 'never'
                        WHEN contribution < fixed THEN 'below' ELSE 'above' END AS state
              FROM (SELECT company_id, day, store_id, sum(revenue) AS revenue, sum(gross_profit) AS gross_profit,
                           sum(variable) AS variable, sum(gross_profit) - sum(variable) AS contribution, sum(fixed) AS fixed
                      FROM (%(sales)s UNION ALL %(costs)s) part
                     GROUP BY company_id, day, store_id) whole
             WHERE revenue <> 0 OR gross_profit <> 0 OR variable <> 0 OR fixed <> 0
            """,
            id=row_id("company_id", "day", "COALESCE(store_id, 0)"),
            sales=self._get_sales_query(),
            costs=self._get_costs_query(),
        )

    @api.model
    def _get_sales_query(self):
        return SQL(
            """SELECT profit.company_id, date_trunc('month', profit.date)::date AS day, profit.store_id,
                      sum(profit.revenue)::numeric AS revenue, sum(profit.profit)::numeric AS gross_profit, 0.0 AS variable, 0.0 AS fixed
                 FROM (%s) profit
                GROUP BY 1, 2, 3""",
            self.env["cosmetics.profit"]._table_query,
        )

    @api.model
    def _get_costs_query(self):
        """Return the SELECT of costs; what ends a year (结转本年利润) is none."""
        return SQL(
            """SELECT item.company_id, item.day, shared.store_id, 0.0, 0.0,
                      sum(item.variable * shared.share), sum(item.fixed * shared.share)
                 -- Summed before they are shared: few combinations of shop and shares stand for many items.
                 FROM (SELECT line.company_id, date_trunc('month', line.date)::date AS day, line.store_id, line.analytic_distribution,
                              COALESCE(sum(line.balance) FILTER (WHERE account.cost_behaviour = 'variable'), 0) AS variable,
                              COALESCE(sum(line.balance) FILTER (WHERE account.cost_behaviour = 'fixed'), 0) AS fixed
                         FROM account_move_line line
                         JOIN account_account account ON account.id = line.account_id AND account.cost_behaviour IN ('fixed', 'variable')
                        WHERE line.parent_state = 'posted' AND line.move_id NOT IN (%s)
                        GROUP BY 1, 2, 3, 4) item
           CROSS JOIN LATERAL (%s) shared(store_id, share)
                WHERE shared.share <> 0
                GROUP BY 1, 2, 3""",
            self.env["cosmetics.budget"]._get_closing_moves_query(),
            self.env["account.move.line"]._get_store_shares_sql(),
        )

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """Rates of many rows are those of their sums."""
        name, _colon, function = aggregate_spec.partition(":")
        if name not in RATIOS or function != "avg":
            return super()._read_group_select(aggregate_spec, query)
        columns = {column: self._field_to_sql(self._table, column, query) for column in COLUMNS}
        used = {column: value for column, value in columns.items() if f"%({column})s" in RATIOS[name]}
        return SQL(RATIOS[name], **used)
