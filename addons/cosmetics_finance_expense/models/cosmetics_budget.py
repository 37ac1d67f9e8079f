"""Expenses against budgets: what is claimed and not in the books yet, and departments."""

from odoo import api, fields, models
from odoo.tools import SQL


class CosmeticsBudgetLine(models.Model):
    _inherit = "cosmetics.budget.line"

    department_id = fields.Many2one("hr.department", check_company=True, index="btree_not_null", help="With all below it.")

    def _get_carry_key(self):
        return (*super()._get_carry_key(), self.department_id.id)


class CosmeticsBudgetReport(models.Model):
    _inherit = "cosmetics.budget.report"
    _depends = {
        "cosmetics.budget.line": ["department_id"],
        "hr.expense": [
            "account_id", "account_move_id", "analytic_distribution", "approval_state", "claim_id", "company_id", "date", "department_id",
            "store_id", "tax_amount", "total_amount",
        ],
    }  # fmt: skip


class CosmeticsBudget(models.Model):
    _inherit = "cosmetics.budget"

    @api.model
    def _get_commitment_queries(self):
        expenses = SQL(
            """SELECT split_part(company.parent_path, '/', 1)::integer, expense.date,
                      account.code_store->>split_part(company.parent_path, '/', 1), COALESCE(expense.store_id, claim.store_id),
                      expense.department_id, expense.analytic_distribution, expense.total_amount - COALESCE(expense.tax_amount, 0)
                 FROM hr_expense expense
                 JOIN cosmetics_expense_claim claim ON claim.id = expense.claim_id
                 JOIN res_company company ON company.id = expense.company_id
                 JOIN account_account account ON account.id = expense.account_id
                 LEFT JOIN account_move move ON move.id = expense.account_move_id AND move.state = 'posted'
                WHERE expense.approval_state IN ('submitted', 'approved') AND move.id IS NULL"""
        )
        return [*super()._get_commitment_queries(), expenses]

    @api.model
    def _get_match_conditions(self):
        department = SQL(
            """(line.department_id IS NULL OR piece.department_id IN (
                SELECT below.id FROM hr_department below JOIN hr_department whole ON whole.id = line.department_id
                 WHERE below.parent_path LIKE whole.parent_path || '%%'))"""
        )
        return [*super()._get_match_conditions(), department]

    @api.model
    def _get_actual_department_sql(self):
        expense = SQL("(SELECT expense.department_id FROM hr_expense expense WHERE expense.id = item.expense_id)")
        return SQL("COALESCE(%s, %s)", expense, super()._get_actual_department_sql())

    @api.model
    def _get_user_department_sql(self, user, company):
        return SQL(
            """(SELECT version.department_id FROM hr_employee employee JOIN hr_version version ON version.id = employee.current_version_id
                 WHERE employee.user_id = %s AND employee.company_id = %s AND employee.active ORDER BY employee.id LIMIT 1)""",
            user,
            company,
        )

    @api.model
    def _get_user_department(self, user, company):
        # sudo: whoever buys need not read employees
        employees = self.env["hr.employee"].sudo()
        domain = [("user_id", "=", user.id), ("company_id", "=", company.id)]
        return employees.search(domain, order="id", limit=1).current_version_id.department_id.id if user else False
