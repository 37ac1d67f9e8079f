"""Advances in each state, for the employees of `ExpenseCommon`."""

from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time

from .common import ExpenseCommon


class AdvanceCommon(ExpenseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-05-10 04:00:00"))

    @classmethod
    def _create_advance(cls, amount=1000, user=None, **vals):
        """Return the draft of an advance that an employee asks for."""
        advances = cls._as(cls.env["cosmetics.expense.advance"], user or cls.clerk).with_company(cls.company)
        return advances.create({"note": "Fair", "amount": amount, "company_id": cls.company.id, **vals})

    @classmethod
    def _approve_advance(cls, amount=1000, **vals):
        """Return an advance that everybody asked has approved."""
        advance = cls._create_advance(amount, **vals)
        advance.action_submit()
        while advance.approval_state == "submitted":
            cls._as(advance, advance._get_asked().sudo().approver_ids[0]).action_approve()
        return advance

    @classmethod
    def _pay_advance(cls, amount=1000, **vals):
        """Return an advance whose money the employee holds, as the accountant sees it."""
        advance = cls._as(cls._approve_advance(amount, **vals), cls.accountant)
        cls._move(advance.action_pay())
        return advance

    @classmethod
    def _move(cls, action, **vals):
        """Confirm a dialogue of money as the accountant."""
        moneys = cls._as(cls.env[action["res_model"]], cls.accountant).with_context(**action["context"])
        return moneys.create({"journal_id": cls.bank_journal.id, **vals}).action_confirm()

    @classmethod
    def _get_balance(cls):
        """Return the balance of the account that advances stand on."""
        lines = cls.env["account.move.line"].search(
            [("account_id", "=", cls._find_account("1221").id), ("company_id", "=", cls.company.id), ("parent_state", "=", "posted")]
        )
        return round(sum(lines.mapped("balance")), 2)

    @classmethod
    def _get_open(cls):
        """Return what is open of all advances of the company."""
        advances = cls._as(cls.env["cosmetics.expense.advance"], cls.accountant).search([])
        return round(sum(advances.mapped("amount_open")), 2)

    @staticmethod
    def _after(days):
        return freeze_time(fields.Datetime.now() + timedelta(days=days))
