"""What purchases have committed of budgets."""

from odoo import api, models
from odoo.tools import SQL

COLUMNS = [
    "analytic_distribution",
    "budget_account_id",
    "budget_day",
    "budget_store_id",
    "budget_user_id",
    "committed_amount",
    "company_id",
]


class CosmeticsBudgetReport(models.Model):
    _inherit = "cosmetics.budget.report"
    _depends = {"purchase.order.line": COLUMNS, "purchase.request.line": COLUMNS}


class CosmeticsBudget(models.Model):
    _inherit = "cosmetics.budget"

    @api.model
    def _get_commitment_queries(self):
        """Orders and requests; the table of each is the same mixin."""
        queries = [
            SQL(
                """SELECT split_part(company.parent_path, '/', 1)::integer, held.budget_day,
                          account.code_store->>split_part(company.parent_path, '/', 1), held.budget_store_id, %s,
                          held.analytic_distribution, held.committed_amount
                     FROM %s held
                     JOIN res_company company ON company.id = held.company_id
                     JOIN account_account account ON account.id = held.budget_account_id
                    WHERE held.committed_amount > 0""",
                self._get_user_department_sql(SQL("held.budget_user_id"), SQL("held.company_id")),
                SQL.identifier(self.env[model]._table),
            )
            for model in ("purchase.order.line", "purchase.request.line")
        ]
        return [*super()._get_commitment_queries(), *queries]

    @api.model
    def _get_actual_department_sql(self):
        """The bill of an order is spent by the department that ordered."""
        ordered = SQL(
            "(SELECT %s FROM purchase_order_line held WHERE held.id = item.purchase_line_id)",
            self._get_user_department_sql(SQL("held.budget_user_id"), SQL("held.company_id")),
        )
        return SQL("COALESCE(%s, %s)", super()._get_actual_department_sql(), ordered)
