"""A budget in force for the company of `StatementCommon`, with a second accountant who approves it."""

from odoo import Command

from .common_due import DueCommon


class BudgetCommon(DueCommon):
    """`DueCommon` enters bills on 5602: budgets are of that account unless told otherwise."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.second = cls._create_user("budget_second", "cosmetics_finance.group_accountant", **companies)
        cls.store = cls._create_store(company_id=cls.company.id)

    @classmethod
    def _as(cls, record, user):
        """Return a record as a user of the company sees it."""
        return record.with_user(user).with_context(allowed_company_ids=cls.company.ids)

    @classmethod
    def _create_budget(cls, *lines, year="2026", **vals):
        """Return a draft of the accountant; a line is a dict, 12000 on 5602 that stops unless it says otherwise."""
        commands = [
            Command.create({"name": "Office", "account_prefix": "5602", "amount_year": 12000, "carry": "month", "control": "stop", **line})
            for line in lines or ({},)
        ]
        budgets = cls.books["cosmetics.budget"].with_company(cls.company)
        return budgets.create({"company_id": cls.company.id, "year": year, "line_ids": commands, **vals})

    @classmethod
    def _approve_budget(cls, budget):
        """Put a budget in force: submitted by the accountant, approved by the second one."""
        cls._as(budget, cls.accountant).action_submit()
        cls._as(budget, cls.second).action_approve()
        return budget

    @classmethod
    def _create_change(cls, budget, amount, month=5, **vals):
        """Return the draft of a supplement to the first line of a budget."""
        line = budget.line_ids[:1]
        found = line.month_ids.sorted("day")[month - 1]
        return cls.books["cosmetics.budget.change"].create(
            {"budget_id": budget.id, "line_id": line.id, "month_id": found.id, "amount": amount, "reason": "More visitors", **vals}
        )

    @classmethod
    def _get_report(cls, budget, month=5, line=None):
        """Return the variance of a month of a line, as the reader of the books sees it."""
        reports = cls._as(cls.env["cosmetics.budget.report"], cls.reader)
        line = line or budget.line_ids[:1]
        reports.invalidate_model()
        return reports.search([("line_id", "=", line.id), ("day", "=", f"{budget.year}-{month:02d}-01")])
