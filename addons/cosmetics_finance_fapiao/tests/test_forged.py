"""What a form would never send: states, figures, files and keys over RPC, by people who may and who may not."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, new_test_user, tagged

from . import files
from .common import FapiaoCommon, number


@tagged("post_install", "-at_install")
@freeze_time("2026-12-03 04:00:00")
class TestForged(FapiaoCommon):
    def _refused(self, record, vals):
        """Each of the values is refused by itself and changes nothing."""
        for name, value in vals.items():
            before = record[name]
            with self.subTest(name), self.assertRaisesRegex(UserError, "cannot be entered: the system writes it"):
                record.write({name: value})
            self.assertEqual(record[name], before)

    def _other_company(self):
        return self.env["res.company"].sudo().create({"name": "另一家公司"})

    # ------------------------------------------------------------------ declarations
    def test_state_and_figures_of_a_declaration_are_written_by_nobody(self):
        self._post(self.tax13)
        sheet = self._declaration()
        self._refused(
            sheet, {"state": "confirmed", "payable": 1, "credit_after": 999, "difference": 0, "move_id": False, "declared_on": False}
        )
        sheet.action_confirm()
        self._refused(sheet, {"state": "draft", "move_id": False, "unpaid": 0, "line_ids": [Command.clear()]})
        self.assertEqual((sheet.state, sheet.move_id.state), ("confirmed", "posted"))

    def test_declaration_that_says_it_is_confirmed_begins_as_a_draft(self):
        vals = {"date_from": "2026-11-01", "date_to": "2026-11-30", "state": "confirmed", "credit_after": 500, "declared_on": "2026-12-01"}
        sheets = self.as_accountant("cosmetics.vat.declaration").with_context(default_state="confirmed", default_credit_after=500)
        sheet = sheets.create(vals)
        later = sheets.create({"date_from": "2026-12-01", "date_to": "2026-12-31"})
        for record in (sheet, later):
            self.assertEqual((record.state, record.credit_after, record.declared_on), ("draft", 0, False))
        later.action_count()
        self.assertEqual(self._row(later, "credit_before"), (0, 0), "a forged credit is nobody's")

    def test_import_of_a_spreadsheet_confirms_no_declaration(self):
        rows = [["2026-11-01", "2026-11-30", "general", "confirmed", "7"]]
        loaded = self.as_accountant("cosmetics.vat.declaration").load(["date_from", "date_to", "kind", "state", "payable"], rows)
        sheet = self.as_accountant("cosmetics.vat.declaration").browse(loaded["ids"])
        self.assertEqual((sheet.state, sheet.payable), ("draft", 0))

    def test_rows_of_a_declaration_are_changed_by_nobody(self):
        self._post(self.tax13)
        row = self._declaration().line_ids.filtered(lambda line: line.code == "urban")
        for press in (lambda: row.write({"tax": 0}), row.unlink, lambda: row.copy()):
            with self.assertRaises(AccessError):
                press()
        self.assertEqual(row.tax, 0.91)

    def test_copy_of_a_confirmed_declaration_is_an_empty_draft(self):
        self._post(self.tax13)
        sheet = self._declaration()
        sheet.action_confirm()
        copy = sheet.copy({"date_from": "2026-12-01", "date_to": "2026-12-31"})
        self.assertEqual((copy.state, copy.payable, copy.move_id.id, len(copy.line_ids), len(copy.move_ids)), ("draft", 0, False, 0, 0))

    # ------------------------------------------------------------------ issue lists
    def test_state_and_file_of_an_issue_list_are_written_by_nobody(self):
        batch = self._list_of(self._post(self.tax13))
        self._refused(batch, {"state": "done", "file": "UEs=", "file_name": "x.xlsx", "exported_at": "2026-12-01 00:00:00"})
        self._refused(batch.request_ids, {"state": "issued", "fapiao_id": self._fapiao(1).id, "company_id": self._other_company().id})

    def test_request_that_says_it_is_issued_begins_as_new(self):
        move = self._post(self.tax13)
        batch = self.as_accountant("cosmetics.fapiao.batch").with_context(default_state="done").create({"file_name": "x.xlsx"})
        forged = {"batch_id": batch.id, "move_id": move.id, "state": "issued", "serial": "XA1-1", "fapiao_id": self._fapiao(1).id}
        request = self.as_accountant("cosmetics.fapiao.request").with_context(default_state="void").create(forged)
        self.assertEqual((request.state, request.serial, request.fapiao_id.id), ("draft", f"XA{move.id}-1", False))
        self.assertEqual((batch.state, batch.file_name), ("draft", False))

    def test_serial_invoice_and_list_of_a_request_stay(self):
        first, second = self._post(self.tax13), self._post(self.tax13, 50)
        batch = self._list_of(first)
        request = batch.request_ids
        for vals in ({"serial": "XA9-9"}, {"move_id": second.id}, {"batch_id": batch.copy().id}):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "A serial belongs to its invoice"):
                request.write(vals)
        self.assertEqual((request.serial, request.move_id, request.batch_id), (f"XA{first.id}-1", first, batch))

    def test_list_with_a_written_file_is_not_deleted_with_its_serials(self):
        move = self._post(self.tax13)
        batch = self._list_of(move)
        batch.action_export()
        with self.assertRaisesRegex(UserError, "may be on the platform"):
            batch.unlink()
        batch.request_ids.action_withdraw()
        for record in (batch.request_ids, batch):
            with self.assertRaisesRegex(UserError, "may be on the platform"):
                record.unlink()
        self.assertEqual(self._list_of(move).request_ids.serial, f"XA{move.id}-2")

    def test_new_list_is_deleted_and_its_invoices_wait_again(self):
        move = self._post(self.tax13)
        self._list_of(move).unlink()
        self.assertEqual(move.fapiao_state, "none")
        self.assertEqual(self._list_of(move).request_ids.serial, f"XA{move.id}-1", "the platform never saw the first")

    # ------------------------------------------------------------------ imports
    def test_sums_and_rejected_rows_of_an_import_are_written_by_nobody(self):
        record = self._read_file("list.xlsx", files.invoice_list(files.row(1), files.row(2, 开票日期="昨天")))
        self._refused(record, {"state": "draft", "amount": 0, "record_amount": 0, "new_count": 9, "reject_ids": [Command.clear()]})
        for press in (record.reject_ids.unlink, lambda: record.reject_ids.write({"amount": 0})):
            with self.assertRaises(AccessError):
                press()
        self.assertEqual((record.reject_count, record.reject_amount), (1, 100))

    def test_import_that_says_it_was_read_begins_as_new_and_is_deleted(self):
        imports = self.as_accountant("cosmetics.fapiao.import").with_context(default_state="done")
        record = imports.create({"state": "done", "new_count": 7, "amount": 700})
        self.assertEqual((record.state, record.new_count, record.amount), ("draft", 0, 0))
        record.unlink()
        self.assertFalse(record.exists())

    # ------------------------------------------------------------------ tax invoices
    def test_figures_that_follow_from_others_are_not_believed(self):
        fapiao = self._fapiao(1, is_special=False, total=1, matched=113, match_state="matched", difference=0)
        self.assertEqual((fapiao.is_special, fapiao.total, fapiao.matched, fapiao.difference), (True, 113, 0, 113))
        self.assertEqual(fapiao.match_state, "open")

    def test_figures_that_follow_from_others_are_written_by_nobody(self):
        invoice = self._post(self.tax13)
        fapiao = self._fapiao(1)
        link = self._link(fapiao, invoice, 50)
        self._refused(fapiao, {"total": 1, "matched": 113, "difference": 0, "match_state": "matched", "is_special": False})
        self._refused(link, {"is_special": False, "company_id": self._other_company().id})

    def test_findings_of_the_check_are_written_by_nobody(self):
        request = self._list_of(self._post(self.env["account.tax"])).request_ids
        self.assertTrue(request.is_blocked)
        self._refused(request, {"is_blocked": False, "problems": False})

    def test_invoice_that_calls_itself_an_entry_of_a_declaration_is_refused(self):
        sheet = self._declaration()
        invoice = self._post(self.tax13).with_user(self.accountant)
        with self.assertRaisesRegex(UserError, "Entries of a VAT declaration are not chosen"):
            invoice.vat_declaration_id = sheet
        with self.assertRaisesRegex(UserError, "Entries of a VAT declaration are not chosen"):
            self.as_accountant("account.move").create({"move_type": "entry", "vat_declaration_id": sheet.id})
        named = self.as_accountant("account.move").with_context(default_vat_declaration_id=sheet.id).create({"move_type": "entry"})
        self.assertFalse(named.vat_declaration_id)
        sheet.action_count()
        self.assertEqual(sheet.payable, 13)

    def test_entry_of_a_declaration_does_not_leave_it(self):
        self._post(self.tax13)
        sheet = self._declaration()
        sheet.action_confirm()
        with self.assertRaisesRegex(UserError, "Entries of a VAT declaration are not chosen"):
            sheet.move_id.with_user(self.accountant).vat_declaration_id = False
        self.assertEqual(sheet.move_ids, sheet.move_id)

    def test_linked_invoice_is_not_corrected_below_what_it_stands_for(self):
        invoice = self._post(self.tax13)
        fapiao = self._fapiao(1)
        self._link(fapiao, invoice, 113)
        with self.assertRaisesRegex(ValidationError, "each amount counts once"):
            fapiao.write({"amount": 90, "tax": 11.7})

    def test_void_invoice_whose_place_is_taken_does_not_become_valid_again(self):
        invoice = self._post(self.tax13)
        fapiao = self._fapiao(1)
        self._link(fapiao, invoice, 113)
        fapiao.state = "void"
        second = self._fapiao(2)
        self._link(second, invoice, 113)
        with self.assertRaisesRegex(ValidationError, "each amount counts once"):
            fapiao.state = "normal"

    def test_accept_of_a_forged_proposal_keeps_the_rules_of_links(self):
        other = self._post(self.tax13)
        fapiao = self._fapiao(1, direction="received")
        fapiao.proposed_move_id = other
        with self.assertRaisesRegex(ValidationError, "does not fit"):
            fapiao.action_accept()


@tagged("post_install", "-at_install")
@freeze_time("2026-12-03 04:00:00")
class TestRoles(FapiaoCommon):
    """Who is not the accountant, one role after the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        roles = {
            "reader": "account.group_account_readonly",
            "biller": "account.group_account_invoice",
            "seller": "sales_team.group_sale_salesman",
            "nobody": "base.group_user",
        }
        cls.people = {
            name: new_test_user(cls.env, f"fapiao_{name}", f"base.group_user,{group}", **own) for name, group in roles.items()
        }  # fmt: skip

    def _denied(self, people, press):
        for name in people:
            with self.subTest(name), self.assertRaises(AccessError):
                press(self.people[name])

    def test_nobody_else_creates_a_tax_invoice_a_rate_or_a_declaration(self):
        vals = {
            "cosmetics.fapiao": {"number": number(1), "direction": "issued", "day": "2026-11-20", "amount": 1},
            "cosmetics.fapiao.batch": {},
            "cosmetics.fapiao.import": {},
            "cosmetics.vat.rate": {"code": "levy", "value": 0, "valid_from": "2028-01-01"},
            "cosmetics.vat.declaration": {"date_from": "2026-11-01", "date_to": "2026-11-30"},
            "cosmetics.vat.taxpayer": {},
        }
        for model, values in vals.items():
            with self.subTest(model):
                self._denied(self.people, lambda user, model=model, values=values: self.env[model].with_user(user).create(values))

    def test_nobody_else_presses_a_button_of_a_list_or_an_import(self):
        batch = self.env["cosmetics.fapiao.batch"].with_user(self.accountant)._create_for(self._post(self.tax13))
        record = self._read_file("list.xlsx", files.invoice_list(files.row(1)))
        presses = [(batch, "action_export"), (batch, "action_check"), (batch.request_ids, "action_withdraw"), (record, "action_read")]
        for target, press in presses:
            with self.subTest(press):
                self._denied(self.people, lambda user, target=target, press=press: getattr(target.with_user(user), press)())
        self.assertEqual((batch.state, batch.request_ids.state, record.same_count), ("draft", "draft", 0))

    def test_reader_opens_files_rows_and_sheets_and_others_do_not(self):
        record = self._read_file("list.xlsx", files.invoice_list(files.row(1), files.row(2, 开票日期="昨天")))
        sheet = self._declaration()
        reader = self.people["reader"]
        self.assertEqual(record.with_user(reader).reject_ids.mapped("amount"), [100])
        self.assertTrue(record.attachment_ids.with_user(reader).raw)
        self.assertTrue(sheet.line_ids.with_user(reader)[0].action_open_items()["domain"])
        self._denied(["seller", "nobody"], lambda user: sheet.line_ids.with_user(user).read(["tax"]))
        self._denied(["seller", "nobody"], lambda user: record.attachment_ids.with_user(user).read(["raw"]))

    def test_biller_deletes_a_draft_bill_and_the_tax_invoice_waits_again(self):
        fapiao = self._fapiao(1, direction="received")
        bill = self.env["account.move"].browse(fapiao.action_create_bill()["res_id"])
        self.assertEqual(fapiao.match_state, "matched")
        bill.with_user(self.people["biller"]).unlink()
        self.env.invalidate_all()
        self.assertEqual((fapiao.match_state, fapiao.matched, fapiao.difference, len(fapiao.link_ids)), ("open", 0, 113, 0))
        self.assertTrue(fapiao.action_create_bill()["res_id"])

    def test_biller_is_told_when_a_number_is_claimed(self):
        self._bill(100, fapiao=number(1), ref="B-1")
        second = self._invoice(self.purchase13, 50, "in_invoice", partner_id=self.supplier.id).with_user(self.people["biller"])
        with self.assertRaisesRegex(ValidationError, "is claimed by B-1 already"):
            second.fapiao = number(1)

    def test_seller_finds_what_is_not_issued_without_seeing_tax_invoices(self):
        seller = self.people["seller"]
        issued, waiting = (self._post(self.tax13, price, invoice_user_id=seller.id) for price in (100, 50))
        self._fapiao(1).action_match()
        found = self.env["account.move"].with_user(seller).search([("fapiao_state", "=", "none"), ("id", "in", (issued + waiting).ids)])
        self.assertEqual(found, waiting)
        self.assertEqual(issued.with_user(seller).read(["fapiao_state", "fapiao_difference"])[0]["fapiao_state"], "done")
