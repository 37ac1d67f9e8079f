"""The sheet of a past month shows what was open then, though it has been reconciled since."""

import random
from datetime import date, timedelta

from odoo.tests import tagged

from .common import BankCommon

ENDS = (date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31))


@tagged("post_install", "-at_install")
class TestBankBalancePast(BankCommon):
    def _sheet(self, day):
        """Return the sheet of a month; the movements of these tests come without the bank's balance, so that it is typed."""
        lines = self._get_lines().filtered(lambda line: str(line.date) <= str(day))
        values = {"journal_id": self.bank_journal.id, "date": day, "bank_balance": sum(lines.mapped("amount"))}
        return self.books["cosmetics.bank.balance"].create(values)

    def _move(self, day, amount, memo):
        return self.books["account.bank.statement.line"].create(
            {"journal_id": self.bank_journal.id, "date": day, "amount": amount, "payment_ref": memo}
        )

    def _opens(self, sheet):
        return sorted((line.kind, str(line.date), line.amount) for line in sheet.line_ids)

    def test_money_whose_invoice_came_in_the_next_month_was_open(self):
        line = self._move("2026-07-30", 100, "预付")
        invoice = self._create_invoice("2026-08-03", 100)
        line.payment_ref = invoice.name
        line.action_reconcile_certain()
        self.assertTrue(line.is_reconciled)
        july, august = self._sheet("2026-07-31"), self._sheet("2026-08-31")
        self.assertEqual((self._opens(july), july.bank_in, july.difference), ([("bank_in", "2026-07-30", 100.0)], 100.0, 0.0))
        self.assertEqual((self._opens(august), august.difference), ([], 0.0))

    def test_money_of_an_invoice_of_the_month_was_not_open_however_late_it_was_matched(self):
        invoice = self._create_invoice("2026-07-01", 100)
        self._move("2026-07-30", 100, invoice.name).action_reconcile_certain()
        self.assertEqual(self._opens(self._sheet("2026-07-31")), [])

    def test_only_the_part_of_a_movement_that_was_not_booked_was_open(self):
        early, late = self._create_invoice("2026-07-01", 60), self._create_invoice("2026-08-03", 40)
        self._move("2026-07-30", 100, f"{early.name} {late.name}").action_reconcile_certain()
        self.assertEqual(self._opens(self._sheet("2026-07-31")), [("bank_in", "2026-07-30", 40.0)])

    def test_a_payment_that_the_bank_showed_in_the_next_month_was_on_its_way(self):
        bill = self._create_invoice("2026-07-20", 80, move_type="in_invoice")
        self._pay(bill, 80, "2026-07-31")
        self._move("2026-08-01", -80, bill.name).action_reconcile_certain()
        july, august = self._sheet("2026-07-31"), self._sheet("2026-08-31")
        self.assertEqual((self._opens(july), july.book_out), ([("book_out", "2026-07-31", -80.0)], 80.0))
        self.assertEqual(self._opens(august), [])

    def test_charges_booked_by_a_rule_were_never_open(self):
        self._move("2026-07-30", -12.5, "手续费").action_reconcile_certain()
        self.assertEqual(self._opens(self._sheet("2026-07-31")), [])

    def test_what_is_open_still_is_open_in_every_month_since(self):
        self._move("2026-06-30", 66, "来款")
        for end in ENDS:
            self.assertEqual(self._opens(self._sheet(end)), [("bank_in", "2026-06-30", 66.0)])

    def test_months_drawn_at_random_are_what_a_replay_of_their_days_says(self):
        """Each draw: money at the bank, a document or a payment in the books, both on any day of three months, matched or not."""
        dice, draws = random.Random(2026), []
        for number in range(12):
            at_bank, in_books = (date(2026, 6, 1) + timedelta(days=dice.randrange(92)) for _side in range(2))
            amount, kind = 100.0 + number, dice.choice(("invoice", "bill", "payment"))
            draws.append((kind, at_bank, in_books, amount, dice.random() < 0.7))
        for kind, at_bank, in_books, amount, is_matched in draws:
            self._draw(kind, at_bank, in_books, amount, is_matched)
        for end in ENDS:
            sheet = self._sheet(end)
            with self.subTest(end=end):
                self.assertEqual(self._opens(sheet), sorted(self._replay(draws, end)))
                self.assertEqual(sheet.difference, 0.0)

    def _draw(self, kind, at_bank, in_books, amount, is_matched):
        move_type = "out_invoice" if kind == "invoice" else "in_invoice"
        document = self._create_invoice(in_books, amount, move_type=move_type)
        if kind == "payment":
            self._pay(document, amount, in_books)
        memo = document.name if is_matched else "不明"
        line = self._move(at_bank, amount if kind == "invoice" else -amount, memo)
        if is_matched:
            line.action_reconcile_certain()
            self.assertTrue(line.is_reconciled)

    def _replay(self, draws, end):
        """Say from the days alone what was open: plain dates, no books."""
        for kind, at_bank, in_books, amount, is_matched in draws:
            sign = 1 if kind == "invoice" else -1
            if at_bank <= end and (not is_matched or in_books > end):
                yield f"bank_{'in' if sign > 0 else 'out'}", str(at_bank), sign * amount
            if kind == "payment" and in_books <= end and (not is_matched or at_bank > end):
                yield "book_out", str(in_books), -amount
