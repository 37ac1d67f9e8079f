"""What is open by age, and the sheet that brings bank and books together at the end of a month."""

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from . import files
from .common import BankCommon

END = "2026-08-31"


@tagged("post_install", "-at_install")
class TestBankOpen(BankCommon):
    def _open(self, user=None):
        items = self.env["cosmetics.bank.open"].with_user(user or self.reader).with_context(allowed_company_ids=self.company.ids)
        self.env.flush_all()
        return items.search([("company_id", "=", self.company.id)])

    def _sheet(self, **vals):
        return self.books["cosmetics.bank.balance"].create(
            {"company_id": self.company.id, "journal_id": self.bank_journal.id, "date": "2026-08-15", **vals}
        )

    def _book_opening(self):
        self._enter("2026-07-31", (self.bank_journal.default_account_id.code, 1000.0), ("3001", -1000.0))

    @freeze_time("2026-09-10 04:00:00")
    def test_movements_are_open_by_their_age(self):
        self._import(files.ccb([(f"2026-{day} 09:00:00", *files.MOVEMENTS[0][1:5], day) for day in ("06-01", "07-10", "08-20", "09-10")]))
        found = [(item.kind, item.days, item.band) for item in self._open()]
        self.assertEqual(found, [("bank_in", 101, "over_90"), ("bank_in", 62, "31_90"), ("bank_in", 21, "8_30"), ("bank_in", 0, "0_7")])

    @freeze_time("2026-09-10 04:00:00")
    def test_a_payment_is_open_until_the_bank_shows_it(self):
        bill = self._create_invoice("2026-08-01", 80, move_type="in_invoice")
        self._pay(bill, 80, "2026-08-05")
        item = self._open()
        self.assertEqual((item.kind, item.amount, item.band, item.partner_id), ("book_out", -80.0, "31_90", self.other))
        self.assertEqual(item.action_open()["res_id"], (item.move_id or bill.matched_payment_ids).id)
        line = self.books["account.bank.statement.line"].create(
            {"journal_id": self.bank_journal.id, "date": "2026-08-20", "amount": -80, "payment_ref": bill.name}
        )
        line.action_reconcile_certain()
        self.assertFalse(self._open())

    def test_a_reconciled_movement_is_not_open(self):
        self._import(files.ccb())
        self._get_lines().action_reconcile_certain()
        self.assertEqual(sorted(self._open().mapped("amount")), [-300.0, 500.0])

    def test_money_between_own_accounts_is_open_until_it_arrives(self):
        account = self.company.transfer_account_id.with_company(self.company)
        self._enter("2026-08-01", (account.code, 100.0), ("1002", -100.0))
        self.assertEqual(self._open().mapped(lambda item: (item.kind, item.amount)), [("between", 100.0)])
        self._enter("2026-08-02", (account.code, -100.0), ("1002", 100.0))
        self.env["account.move.line"].search([("account_id", "=", account.id), ("company_id", "=", self.company.id)]).reconcile()
        self.assertFalse(self._open())

    def test_the_sheet_shows_both_sides_and_they_meet(self):
        self._book_opening()
        self._import(files.ccb())
        self._get_lines().action_reconcile_certain()
        bill = self._create_invoice("2026-08-01", 80, move_type="in_invoice")
        self._pay(bill, 80, "2026-08-05")
        sheet = self._sheet()
        self.assertEqual((str(sheet.date), sheet.bank_balance, sheet.ledger_balance), (END, 1188.38, 1188.38))
        self.assertEqual((sheet.bank_in, sheet.bank_out, sheet.book_in, sheet.book_out), (500.0, 300.0, 0.0, 80.0))
        self.assertEqual((sheet.book_balance, sheet.adjusted_book, sheet.adjusted_bank), (908.38, 1108.38, 1108.38))
        self.assertEqual(sheet.difference, 0.0)
        sheet.action_confirm()
        self.assertEqual(sheet.state, "done")

    def test_items_after_the_month_are_not_on_its_sheet(self):
        self._book_opening()
        self._import(files.ccb([*files.MOVEMENTS, ("2026-09-01 09:00:00", *files.MOVEMENTS[0][1:5], "S1")]))
        sheet = self._sheet()
        self.assertEqual((sheet.bank_balance, len(sheet.line_ids), sheet.difference), (1188.38, 4, 0.0))

    def test_an_entry_by_hand_on_the_bank_account_is_a_difference_that_is_not_confirmed(self):
        self._book_opening()
        self._import(files.ccb())
        self._enter("2026-08-20", (self.bank_journal.default_account_id.code, 5.0), ("5602", -5.0))
        sheet = self._sheet()
        self.assertEqual(sheet.difference, 5.0)
        with self.assertRaisesRegex(UserError, "differ by 5.00"):
            sheet.action_confirm()

    def test_a_balance_is_typed_where_the_bank_tells_none(self):
        sheet = self._sheet(bank_balance=7.0)
        self.assertEqual((sheet.bank_balance, sheet.difference), (7.0, -7.0))

    def test_a_confirmed_sheet_stays_until_it_is_reopened(self):
        sheet = self._sheet()
        sheet.action_confirm()
        for act in (lambda: sheet.write({"bank_balance": 1}), sheet.action_fill, sheet.unlink):
            with self.assertRaises(UserError):
                act()
        sheet.action_reopen()
        sheet.action_fill()
        self.assertEqual(sheet.state, "draft")

    def test_counted_figures_are_not_typed(self):
        sheet = self._sheet(ledger_balance=99.0, state="done")
        self.assertEqual((sheet.ledger_balance, sheet.state), (0.0, "draft"))
        for vals in ({"ledger_balance": 1.0}, {"state": "done"}, {"line_ids": [(5,)]}):
            with self.assertRaises(UserError):
                sheet.write(vals)

    def test_one_sheet_for_an_account_and_month(self):
        self._sheet()
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self._sheet(date="2026-08-01")

    def test_the_paper_has_both_balances_and_each_open_item(self):
        self._import(files.ccb())
        sheet = self._sheet()
        html = (
            self.env["ir.actions.report"]
            .with_user(self.reader)
            ._render_qweb_html("cosmetics_finance_bank.report_bank_balance", sheet.ids)[0]
        )
        for text in ("1,188.38", "采购款", files.OWN, "-300.00"):
            self.assertIn(text, html.decode())

    def test_readers_look_and_change_nothing(self):
        self._import(files.ccb())
        sheet = self._sheet()
        self.assertEqual(sheet.with_user(self.reader).adjusted_bank, sheet.adjusted_bank)
        with self.assertRaises(AccessError):
            sheet.with_user(self.reader).action_fill()
        elsewhere = self._create_user("open_elsewhere", "cosmetics_finance.group_accountant")
        items = self.env["cosmetics.bank.open"].with_user(elsewhere).with_context(allowed_company_ids=elsewhere.company_ids.ids)
        self.assertFalse(items.search([("journal_id", "=", self.bank_journal.id)]))

    def test_the_menus_are_there_for_accountant_and_reader(self):
        menus = {
            name: self.env.ref(f"cosmetics_finance_bank.{name}").id
            for name in ("cosmetics_bank_import_menu", "cosmetics_bank_open_menu", "cosmetics_bank_balance_menu", "bank_reconcile_menu")
        }
        visible = self.env["ir.ui.menu"].with_user(self.accountant)._visible_menu_ids()
        self.assertTrue(set(menus.values()) <= set(visible))
        visible = self.env["ir.ui.menu"].with_user(self.reader)._visible_menu_ids()
        self.assertEqual({name for name, menu in menus.items() if menu not in visible}, {"bank_reconcile_menu"})
