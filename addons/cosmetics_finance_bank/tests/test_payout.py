"""What a platform pays out is found at the bank: by its number, whole or in parts, else by company, amount and week."""

import contextlib

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import BankCommon


@tagged("post_install", "-at_install")
class TestPayout(BankCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.transfer = cls.company.transfer_account_id
        cls.platform = cls.env["res.partner"].create({"name": "测试支付科技有限公司", "is_company": True, "company_id": cls.company.id})

    def _pay_out(self, day, *amounts, numbers=None, partner=None):
        """Post what a platform pays out on a day, as a settlement does; return its items on the way."""
        numbers = numbers or [f"PO{day.replace('-', '')}{number}" for number in range(len(amounts))]
        ways = [
            {
                "account_id": self.transfer.id,
                "partner_id": (self.platform if partner is None else partner).id,
                "name": f"提现 {number}",
                "debit": amount,
            }
            for number, amount in zip(numbers, amounts, strict=True)
        ]
        wallet = {"account_id": self._find_account("5001").id, "name": "提现", "credit": sum(amounts)}
        journal = self.env["account.journal"].search([("type", "=", "general"), ("company_id", "=", self.company.id)], limit=1)
        values = {
            "journal_id": journal.id,
            "date": day,
            "ref": f"抖音 {day}",
            "line_ids": [Command.create(line) for line in [*ways, wallet]],
        }
        move = self.books["account.move"].create(values)
        move.action_post()
        return move.line_ids.filtered(lambda item: item.account_id == self.transfer)

    def _enter(self, day, *movements):
        """Let (amount, memo) arrive at the bank."""
        return self.books["account.bank.statement.line"].create(
            [
                {
                    "journal_id": self.bank_journal.id,
                    "date": day,
                    "amount": amount,
                    "payment_ref": memo,
                    "partner_name": self.platform.name if "匿名" not in memo else False,
                }
                for amount, memo in movements
            ]
        )

    def _arrive(self, day, *movements):
        """Let (amount, memo) arrive at the bank and press the button; return what is reconciled of each."""
        lines = self._enter(day, *movements)
        with contextlib.suppress(UserError):  # nothing is beyond doubt
            lines.action_reconcile_certain()
        return lines.mapped("is_reconciled")

    def test_the_number_of_the_payout_settles_it_whoever_the_bank_names(self):
        way = self._pay_out("2026-08-01", 1000.0, numbers=["691010001"])
        self.assertEqual(self._arrive("2026-08-20", (1000.0, "匿名 691010001 提现")), [True])
        self.assertTrue(way.reconciled)

    def test_one_movement_brings_several_payouts_that_it_names(self):
        ways = self._pay_out("2026-08-01", 300.0, 200.0)
        memo = " ".join(("PO202608010", "PO202608011"))
        self.assertEqual(self._arrive("2026-08-02", (500.0, memo)), [True])
        self.assertTrue(all(ways.mapped("reconciled")))

    def test_a_payout_that_comes_in_parts_is_settled_part_by_part(self):
        way = self._pay_out("2026-08-01", 1000.0)
        self.assertEqual(self._arrive("2026-08-02", (400.0, "PO202608010"), (350.0, "PO202608010")), [True, True])
        self.assertEqual((way.reconciled, way.amount_residual), (False, 250.0))
        self.assertEqual(self._arrive("2026-08-03", (250.0, "PO202608010")), [True])
        self.assertTrue(way.reconciled)

    def test_parts_that_come_to_more_than_the_payout_are_left_to_the_accountant(self):
        way = self._pay_out("2026-08-01", 1000.0)
        self.assertEqual(self._arrive("2026-08-02", (700.0, "PO202608010"), (400.0, "PO202608010")), [False, False])
        self.assertEqual(way.amount_residual, 1000.0)

    def test_without_a_number_company_amount_and_week_tell_it(self):
        first, second = self._pay_out("2026-08-01", 1000.0), self._pay_out("2026-08-15", 1000.0)
        self.assertEqual(self._arrive("2026-08-16", (1000.0, "提现")), [True])
        self.assertEqual((first.reconciled, second.reconciled), (False, True))

    def test_the_week_after_and_the_day_before_are_in_doubt(self):
        self._pay_out("2026-08-10", 1000.0)
        for day in ("2026-08-09", "2026-08-18"):
            self.assertEqual(self._arrive(day, (1000.0, "提现")), [False], day)

    def test_the_week_begins_with_the_day_of_the_payout_not_with_that_of_the_entry(self):
        early, late = self._pay_out("2026-08-31", 1000.0, 300.0)
        (early | late).date_maturity = "2026-08-10"
        self.assertEqual(self._arrive("2026-08-11", (1000.0, "提现")), [True])
        self.assertEqual(self._arrive("2026-09-02", (300.0, "提现")), [False])
        self.assertEqual((early.reconciled, late.reconciled), (True, False))

    def test_two_payouts_of_one_amount_in_a_week_are_in_doubt(self):
        self._pay_out("2026-08-01", 1000.0, 1000.0)
        self.assertEqual(self._arrive("2026-08-02", (1000.0, "提现")), [False])

    def test_a_day_in_the_memo_names_no_payout(self):
        self._pay_out("2026-08-01", 1000.0)
        self.assertEqual(self._arrive("2026-08-02", (400.0, "2026-08-01 提现")), [False])

    def test_money_between_own_accounts_is_no_payout(self):
        way = self._pay_out("2026-08-01", 1000.0, partner=self.env["res.partner"])
        self.assertEqual(self._arrive("2026-08-02", (1000.0, "PO202608010")), [False])
        self.assertFalse(way.reconciled)

    def test_part_of_a_named_payout_settles_no_other_of_its_amount(self):
        named, other = self._pay_out("2026-08-01", 1000.0, 400.0)
        self.assertEqual(self._arrive("2026-08-02", (400.0, "PO202608010")), [True])
        self.assertEqual((named.amount_residual, other.amount_residual), (600.0, 400.0))

    def test_parts_that_are_not_chosen_count_too(self):
        way = self._pay_out("2026-08-01", 1000.0)
        first, second = self._enter("2026-08-02", (700.0, "PO202608010"), (400.0, "PO202608010"))
        for line in (first, second):
            with self.assertRaisesRegex(UserError, "beyond doubt"):
                line.action_reconcile_certain()
        self.assertEqual(way.amount_residual, 1000.0)

    def test_one_end_of_a_transfer_between_own_accounts_settles_no_payout(self):
        way = self._pay_out("2026-08-01", 1000.0)
        other = self.env["account.journal"].create({"name": "Other", "type": "bank", "code": "OTH", "company_id": self.company.id})
        other.bank_account_id = self._create_account("6222000011112222", self.company.partner_id)
        [line] = self._enter("2026-08-02", (1000.0, "匿名 转账"))
        line.account_number = "6222000011112222"
        line.action_reconcile_certain()
        self.assertEqual((line.is_reconciled, way.reconciled), (True, False))

    def test_a_payout_on_its_way_is_in_the_list_of_what_is_open(self):
        self._pay_out("2026-08-01", 1000.0)
        self.env.flush_all()
        items = self.books["cosmetics.bank.open"].search([("company_id", "=", self.company.id)])
        self.assertEqual(items.mapped(lambda item: (item.kind, item.amount, item.partner_id)), [("between", 1000.0, self.platform)])

    def test_money_whose_payout_is_booked_in_the_next_month_was_open_at_the_end_of_the_month(self):
        self._pay_out("2026-09-02", 1000.0)
        self.assertEqual(self._arrive("2026-08-30", (1000.0, "PO202609020")), [True])
        values = {"journal_id": self.bank_journal.id, "bank_balance": 1000.0}
        august, september = self.books["cosmetics.bank.balance"].create(
            [{**values, "date": "2026-08-31"}, {**values, "date": "2026-09-30"}]
        )
        self.assertEqual(august.line_ids.mapped(lambda line: (line.kind, line.amount)), [("bank_in", 1000.0)])
        self.assertFalse(september.line_ids)
        self.assertEqual((august.difference, september.difference), (0.0, 0.0))
