"""The screens as an accountant fills them in, and as a reader sees them."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from . import files
from .common import BankCommon

MODELS = ("cosmetics.bank.import", "cosmetics.bank.profile", "cosmetics.bank.open", "cosmetics.bank.balance")


@tagged("post_install", "-at_install")
class TestForms(BankCommon):
    def test_every_view_opens_for_accountant_and_reader(self):
        kinds = {
            "cosmetics.bank.import": ("list", "kanban", "form"),
            "cosmetics.bank.profile": ("list", "form"),
            "cosmetics.bank.open": ("list", "kanban", "pivot", "search"),
            "cosmetics.bank.balance": ("list", "kanban", "form"),
        }
        for user in (self.accountant, self.reader):
            for model in MODELS:
                with self.subTest((user.login, model)):
                    views = self.env[model].with_user(user).get_views([(False, kind) for kind in kinds[model]])["views"]
                    self.assertEqual(set(views), set(kinds[model]))

    def test_buttons_that_book_are_the_accountants(self):
        for user, has_buttons in ((self.accountant, True), (self.reader, False)):
            arch = self.env["cosmetics.bank.import"].with_user(user).get_view(view_type="form")["arch"]
            self.assertEqual('name="action_import"' in arch, has_buttons)
            arch = self.env["cosmetics.bank.balance"].with_user(user).get_view(view_type="form")["arch"]
            self.assertEqual('name="action_confirm"' in arch, has_buttons)

    def test_the_list_of_movements_has_the_one_button(self):
        view = self.env.ref("cosmetics_finance_bank.account_bank_statement_line_view_list_bank")
        lines = self.env["account.bank.statement.line"]
        self.assertIn("action_reconcile_certain", lines.with_user(self.accountant).get_view(view.id, "list")["arch"])
        self.assertNotIn("action_reconcile_certain", lines.with_user(self.reader).get_view(view.id, "list")["arch"])

    def test_an_import_starts_empty_and_takes_a_journal(self):
        form = Form(self.books["cosmetics.bank.import"])
        form.journal_id = self.bank_journal
        record = form.save()
        self.assertEqual((record.state, record.company_id, record.new_count), ("draft", self.company, 0))
        self.assertTrue(record.name.startswith("YH"))

    def test_the_movements_of_an_import_open_from_it(self):
        record = self._import(files.ccb())
        action = record.action_open_movements()
        found = self.books[action["res_model"]].search(action["domain"])
        self.assertEqual(sorted(found.mapped("amount")), [-300.0, -12.5, 0.88, 500.0])

    def test_a_movement_opens_in_the_screen_of_the_add_on(self):
        self._import(files.ccb())
        line = self._get_lines()[0]
        action = line.action_open_reconcile()
        self.assertEqual((action["res_model"], action["context"]["search_default_move_id"]), (line._name, line.move_id.id))
        self.env.ref(action["context"]["view_ref"])

    def test_a_format_is_filled_in_by_hand(self):
        form = Form(self.books["cosmetics.bank.profile"])
        form.name = "长安银行"
        form.date_headers = "日期"
        form.amount_headers = "金额"
        profile = form.save()
        (plain,) = profile._get_profiles()
        self.assertEqual((plain.code, plain.columns["date"], plain.columns["amount"]), (profile.id, ["日期"], ["金额"]))

    def test_an_archived_format_is_not_tried(self):
        self.env.ref("cosmetics_finance_bank.bank_profile_ccb").active = False
        record = self._upload(files.ccb())
        record.action_check()
        self.assertEqual(record.file_ids.profile_id, self.env.ref("cosmetics_finance_bank.bank_profile_generic"))

    def test_a_sheet_is_of_the_whole_month(self):
        form = Form(self.books["cosmetics.bank.balance"])
        form.journal_id = self.bank_journal
        form.date = "2026-02-10"
        sheet = form.save()
        self.assertEqual((str(sheet.date), sheet.name), ("2026-02-28", f"{self.bank_journal.name} 2026-02"))
        sheet.date = "2026-04-01"
        self.assertEqual(str(sheet.date), "2026-04-30")

    def test_a_sheet_counts_again_when_its_month_changes(self):
        self._import(files.ccb())
        sheet = self.books["cosmetics.bank.balance"].create({"journal_id": self.bank_journal.id, "date": "2026-07-31"})
        self.assertEqual((sheet.bank_balance, len(sheet.line_ids)), (0.0, 0))
        sheet.date = "2026-08-31"
        self.assertEqual((sheet.bank_balance, len(sheet.line_ids)), (1188.38, 4))

    def test_a_reader_makes_nothing(self):
        for model, vals in (
            ("cosmetics.bank.import", {"company_id": self.company.id}),
            ("cosmetics.bank.profile", {"name": "x", "date_headers": "日期", "amount_headers": "金额"}),
            ("cosmetics.bank.balance", {"journal_id": self.bank_journal.id, "date": "2026-08-31", "company_id": self.company.id}),
        ):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(self.reader).create(vals)

    def test_only_a_sheet_writes_its_items(self):
        self._import(files.ccb())
        sheet = self.books["cosmetics.bank.balance"].create({"journal_id": self.bank_journal.id, "date": "2026-08-31"})
        with self.assertRaises(AccessError):
            sheet.line_ids[0].with_user(self.accountant).amount = 1.0

    def test_an_import_keeps_its_files_for_every_reader(self):
        record = self._upload(files.ccb())
        self.assertEqual(set(record.attachment_ids.mapped("res_model")), {"cosmetics.bank.import"})
        self.assertEqual(record.attachment_ids.mapped("res_id"), record.ids)

    def test_an_import_takes_no_file_of_somebody_else(self):
        private = self.env["ir.attachment"].with_user(self.reader).create({"name": "private.csv", "raw": b"1"})
        record = self._upload(files.ccb())
        with self.assertRaises(AccessError):
            record.write({"attachment_ids": [Command.link(private.id)]})
        self.assertFalse(private.sudo().res_id, "it stays with its uploader")

    def test_other_files_are_checked_again(self):
        record = self._upload(files.ccb())
        record.action_check()
        record.attachment_ids = [(5,)]
        self.assertEqual((record.state, record.file_ids.ids, record.line_ids.ids), ("draft", [], []))

    def test_a_copy_of_an_import_starts_empty(self):
        again = self._import(files.ccb()).copy()
        self.assertEqual((again.state, again.attachment_ids.ids, again.file_ids.ids), ("draft", [], []))
        self.assertNotEqual(again.name, self.env._("New"))
