"""The auditor reads the books and changes nothing anywhere."""

from datetime import date

from odoo.exceptions import AccessDenied, AccessError
from odoo.tests import freeze_time, tagged

from ..models.ir_model_access import REPORT_DIALOGUES
from .common_due import DueCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20 04:00:00")
class TestAuditor(DueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        cls.auditor = cls._create_user("test_auditor", "cosmetics_finance.group_auditor", password="auditor-2026", **companies)
        cls.invoice = cls._create_invoice("2026-04-01", 300)
        cls.audit = cls.env(user=cls.auditor, context={"lang": "en_US", "allowed_company_ids": cls.company.ids})

    def _get_writable(self, user):
        """Return what a user may create, change or delete: (model, operation) of every model that keeps anything."""
        env = self.env(user=user)
        return [
            (name, operation)
            for name, model in env.registry.items()
            if not model._abstract and name not in REPORT_DIALOGUES
            for operation in ("create", "write", "unlink")
            if env[name].has_access(operation)
        ]

    def test_nothing_is_writable_in_any_model(self):
        self.assertEqual(self._get_writable(self.auditor), [])
        self.assertGreater(len(self._get_writable(self.reader)), 50, "the walk finds what others may write")

    def test_rights_of_other_roles_do_not_add_up(self):
        self.auditor.group_ids += self.env.ref("cosmetics_finance.group_accountant")
        self.assertEqual(self._get_writable(self.auditor), [])

    def test_documents_stay_as_they_are(self):
        invoice = self.audit["account.move"].browse(self.invoice.id)
        acts = (
            lambda: invoice.write({"ref": "mine"}),
            invoice.button_draft,
            lambda: invoice.message_post(body="seen"),
            lambda: self.audit["ir.attachment"].create({"name": "a", "res_model": "account.move", "res_id": invoice.id}),
            lambda: self.audit["account.move"].create({"move_type": "entry"}),
            lambda: self.audit["res.partner"].browse(self.partner.id).write({"name": "mine"}),
        )
        for act in acts:
            with self.assertRaises(AccessError), self.cr.savepoint():
                act()

    def test_books_and_documents_are_read(self):
        invoice = self.audit["account.move"].browse(self.invoice.id)
        self.assertEqual((invoice.amount_total, invoice.partner_id.name), (300, "Test Customer"))
        self.assertEqual(self._get_due(user=self.auditor).amount, 300)
        self.assertTrue(self.audit["account.account"].search([], limit=1))

    def test_attachments_of_entries_are_read(self):
        attachment = self.books["ir.attachment"].create(
            {"name": "contract.txt", "raw": b"sealed", "res_model": "account.move", "res_id": self.invoice.id}
        )
        self.assertEqual(self.audit["ir.attachment"].browse(attachment.id).raw, b"sealed")

    def test_statements_are_shown_to_the_auditor(self):
        report = self._create_report("balance", user=self.auditor)
        self.assertTrue(report._get_figures())

    def test_other_companies_stay_closed(self):
        foreign = self.env["account.move"].search([("company_id", "!=", self.company.id)], limit=1)
        self.assertTrue(foreign or not self.env["account.move"].search_count([("company_id", "!=", self.company.id)]))
        self.assertFalse(self.audit["account.move"].search([("company_id", "!=", self.company.id)]))

    def test_menus_of_the_books_are_there(self):
        visible = self.env["ir.ui.menu"].with_user(self.auditor)._visible_menu_ids()
        for name in ("account_move_menu", "account_account_menu", "cosmetics_finance_due_menu_receivable", "account_audit_trail_menu"):
            self.assertIn(self.env.ref(f"cosmetics_finance.{name}").id, visible, name)
        self.assertNotIn(self.env.ref("cosmetics_finance.res_partner_menu_credit").id, visible)

    def test_no_role_is_an_auditor_by_accident(self):
        implying = self.env["res.groups"].search([("implied_ids", "in", self.env.ref("cosmetics_finance.group_auditor").ids)])
        self.assertFalse(implying.mapped("full_name"), "it would lose all its rights to write")

    # ------------------------------------------------------------------ end of the audit
    def test_the_last_day_is_read_and_the_next_is_not(self):
        self.auditor.audit_until = date(2026, 5, 20)
        self.assertEqual(self.audit["account.move"].browse(self.invoice.id).amount_total, 300)
        with freeze_time("2026-05-20 16:30:00"):  # half past midnight of the 21st in Xi'an
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                self.audit["account.move"].search([("id", "=", self.invoice.id)])

    def test_nobody_logs_in_after_the_last_day(self):
        credential = {"login": "test_auditor", "password": "auditor-2026", "type": "password"}
        self.auditor.audit_until = date(2026, 5, 20)
        self.assertEqual(self.env["res.users"].authenticate(credential, {"interactive": False})["uid"], self.auditor.id)
        self.auditor.audit_until = date(2026, 5, 19)
        with self.assertRaises(AccessDenied):
            self.env["res.users"].authenticate(credential, {"interactive": False})

    def test_an_auditor_does_not_prolong_the_audit(self):
        self.auditor.audit_until = date(2026, 5, 25)
        with self.assertRaises(AccessError):
            self.auditor.with_user(self.auditor).write({"audit_until": "2030-01-01"})

    def test_an_end_of_audit_ends_no_other_role(self):
        self.accountant.audit_until = date(2026, 1, 1)
        self.assertTrue(self.books["account.move"].has_access("write"))
