"""Employees of a shop who claim, their manager, the approver of the last resort, and the accountant of `BudgetCommon`."""

from odoo import Command
from odoo.addons.cosmetics_finance.tests.common_budget import BudgetCommon

APPROVER = "cosmetics_finance_expense.group_expense_approver"


class ExpenseCommon(BudgetCommon):
    """The clerk has a manager, the manager has none; nodes are those of the module: the manager, and above 5,000 the approver."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Those of the shop's own are not the test's.
        cls.env["cosmetics.expense.node"].search([("id", "not in", cls._get_nodes().ids)]).active = False
        cls.env.ref(APPROVER).user_ids = [Command.clear()]
        companies = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.clerk, cls.other_clerk, cls.manager = [
            cls._create_user(f"expense_{name}", **companies) for name in ("clerk", "other_clerk", "manager")
        ]
        cls.approver = cls._create_user("expense_approver", APPROVER, **companies)
        employees = cls.env["hr.employee"].with_company(cls.company)
        cls.manager_employee = employees.create({"name": "Manager", "user_id": cls.manager.id, "company_id": cls.company.id})
        cls.employee, cls.other_employee = employees.create(
            [
                {"name": name, "user_id": user.id, "company_id": cls.company.id, "parent_id": cls.manager_employee.id}
                for name, user in (("Clerk", cls.clerk), ("Other Clerk", cls.other_clerk))
            ]
        )
        cls.travel, cls.meals = cls.env["product.product"].create(
            [
                {"name": name, "type": "service", "can_be_expensed": True, "taxes_id": False, "supplier_taxes_id": False}
                for name in ("Travel", "Meals")
            ]
        )
        for product in cls.travel | cls.meals:
            product.with_company(cls.company).property_account_expense_id = cls._find_account("5602")

    @classmethod
    def _get_nodes(cls):
        return cls.env.ref("cosmetics_finance_expense.expense_node_manager") | cls.env.ref("cosmetics_finance_expense.expense_node_large")

    @classmethod
    def _prepare_expense(cls, amount, **vals):
        """Return the values of an expense of May 2026 on travel."""
        return {"name": "Train", "product_id": cls.travel.id, "total_amount_currency": amount, "date": "2026-05-10", **vals}

    @classmethod
    def _create_claim(cls, *amounts, user=None, expense=None, **vals):
        """Return the draft of a claim that an employee enters; ``expense`` holds values of each expense."""
        user = user or cls.clerk
        claims = cls._as(cls.env["cosmetics.expense.claim"], user).with_company(cls.company)
        employee = user.with_company(cls.company).employee_id
        lines = [
            Command.create(cls._prepare_expense(amount, employee_id=employee.id, company_id=cls.company.id, **(expense or {})))
            for amount in amounts or (100,)
        ]
        return claims.create({"note": "Fair", "employee_id": employee.id, "company_id": cls.company.id, "expense_ids": lines, **vals})

    @classmethod
    def _submit(cls, *amounts, **vals):
        """Return a claim that waits for its approval."""
        claim = cls._create_claim(*amounts, **vals)
        claim.action_submit()
        return claim

    @classmethod
    def _approve(cls, *amounts, **vals):
        """Return a claim that everybody asked has approved."""
        claim = cls._submit(*amounts, **vals)
        while claim.approval_state == "submitted":
            asked = claim._get_asked().sudo().approver_ids[0]
            cls._as(claim, asked).action_approve()
        return claim

    @classmethod
    def _post(cls, *amounts, **vals):
        """Return a claim in the books."""
        claim = cls._approve(*amounts, **vals)
        cls._as(claim, cls.accountant).action_post()
        return claim
