"""An auditor is not offered what only refuses."""

from lxml import etree
from odoo.addons.mail.tools.discuss import Store
from odoo.tests import tagged

from .common_due import DueCommon


@tagged("post_install", "-at_install")
class TestAuditorScreens(DueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        cls.auditor = cls._create_user("screen_auditor", "cosmetics_finance.group_auditor", **companies)
        cls.invoice = cls._create_invoice("2026-04-01", 300)

    def _get_buttons(self, model, user, kind="form"):
        arch = etree.fromstring(self.env[model].with_user(user).get_view(view_type=kind)["arch"])
        return [button.get("name") for button in arch.xpath("//header//button")]

    def _can_post(self, user):
        """Return what the web client is told: may it offer to write messages."""
        invoice = self.invoice.with_user(user)
        store = Store()
        invoice._thread_to_store(store, [], request_list=["hasWriteAccess"])
        (thread,) = store.get_result()["mail.thread"]
        return thread["hasWriteAccess"] or thread["canPostOnReadonly"]

    def test_invoice_has_no_button_that_changes_it(self):
        buttons = self._get_buttons("account.move", self.auditor)
        for name in ("action_post", "action_invoice_sent", "button_draft", "action_register_payment"):
            self.assertNotIn(name, buttons)
        self.assertIn("button_draft", self._get_buttons("account.move", self.accountant))

    def test_rights_of_other_roles_bring_no_button_back(self):
        self.auditor.group_ids += self.env.ref("cosmetics_finance.group_accountant")
        self.assertNotIn("button_draft", self._get_buttons("account.move", self.auditor))

    def test_lists_of_documents_offer_no_upload(self):
        for kind in ("list", "kanban"):
            arch = self.env["account.move"].with_user(self.auditor).get_view(view_type=kind)["arch"]
            self.assertNotIn("js_class", etree.fromstring(arch).attrib, kind)
        arch = self.env["account.move"].with_user(self.accountant).get_view(view_type="kanban")["arch"]
        self.assertEqual(etree.fromstring(arch).get("js_class"), "account_documents_kanban")

    def test_what_an_auditor_may_do_is_still_offered(self):
        self.assertIn("action_print", self._get_buttons("cosmetics.statement.report", self.auditor))
        self.assertEqual(set(self._get_buttons("cosmetics.audit.pack", self.auditor)), {"action_download", "action_build_again"})
        self.assertTrue(self._get_buttons("cosmetics.audit.pack", self.auditor, "list"))

    def test_chatter_offers_no_message_to_an_auditor(self):
        self.assertFalse(self._can_post(self.auditor))
        self.assertTrue(self._can_post(self.accountant))
        self.assertTrue(self._can_post(self.reader), "core lets readers post on invoices")

    def test_messages_are_still_read(self):
        message = self.invoice.with_user(self.accountant).message_post(body="agreed")
        self.assertIn("agreed", message.with_user(self.auditor).body)
