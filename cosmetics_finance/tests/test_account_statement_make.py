"""Statements for many partners, by mail, on paper and as a spreadsheet."""

import io

import openpyxl
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .test_account_statement import AccountStatementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20")
class TestAccountStatementMake(AccountStatementCommon):
    def _make(self, **vals):
        """Return the statements that the accountant's wizard shows for April 2026."""
        wizard = self.books["cosmetics.account.statement.make"].create({"company_id": self.company.id, **vals})
        return self.books["cosmetics.account.statement"].search(wizard.action_make()["domain"])

    def test_all_with_a_balance_or_a_document_get_one(self):
        self._create_invoice("2026-02-10", 300)
        paid = self._create_invoice("2026-04-10", 40, partner=self.other)
        self._pay(paid, 40, "2026-04-11")
        statements = self._make()
        self.assertEqual(statements.partner_id, self.partner + self.other)
        self.assertEqual(sorted(statements.mapped("closing")), [0, 300])

    def test_who_settled_before_the_period_gets_none(self):
        self._pay(self._create_invoice("2026-02-10", 300), 300, "2026-02-11")
        with self.assertRaisesRegex(UserError, "Nobody has a balance"):
            self._make()

    def test_what_comes_after_the_period_does_not_count(self):
        self._create_invoice("2026-05-10", 300)
        with self.assertRaisesRegex(UserError, "Nobody has a balance"):
            self._make()

    def test_a_second_run_makes_no_second_statement(self):
        self._create_invoice("2026-04-10", 300)
        first = self._make()
        self._create_invoice("2026-04-10", 40, partner=self.other)
        self.assertEqual(self._make() - first, self._make().filtered(lambda one: one.partner_id == self.other))

    def test_chosen_partners_only(self):
        self._create_invoice("2026-04-10", 300)
        self._create_invoice("2026-04-10", 40, partner=self.other)
        self.assertEqual(self._make(partner_ids=self.other.ids).partner_id, self.other)

    def test_vendors_apart_from_customers(self):
        self._create_invoice("2026-04-10", 300)
        self._create_invoice("2026-04-10", 40, move_type="in_invoice")
        statements = self._make(kind="payable")
        self.assertEqual((statements.partner_id, statements.kind, statements.closing), (self.other, "payable", 40))

    def test_many_partners_need_no_query_each(self):
        partners = self.env["res.partner"].create([{"name": f"P{number}", "company_id": self.company.id} for number in range(30)])
        for partner in partners:
            self._create_invoice("2026-04-10", 10, partner=partner)
        drafts = self._make()
        self.env.flush_all()
        with self.assertQueryCount(__system__=200):
            drafts.action_refresh()
            self.env.flush_all()
        self.assertEqual(set(drafts.mapped("closing")), {10})

    def test_each_has_a_number_of_its_own(self):
        self._create_invoice("2026-04-10", 300)
        self._create_invoice("2026-04-10", 40, partner=self.other)
        names = self._make().mapped("name")
        self.assertEqual(len(set(names)), 2)
        for name in names:
            self.assertRegex(name, r"^DZ2026-\d{5}$")


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20")
class TestAccountStatementPaper(AccountStatementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.company.partner_id.write({"lang": "zh_CN", "email": "books@example.com"})

    def _create_april(self, **vals):
        self._create_invoice("2026-03-05", 1000)
        self._create_invoice("2026-04-10", 234.5, ref="=1+1", **vals)
        return self._create_statement()

    def _render(self, statement):
        reports = self.env["ir.actions.report"].with_user(self.reader)
        return reports._render_qweb_html("cosmetics_finance.report_account_statement", statement.ids)[0].decode()

    def test_the_paper_is_chinese_with_seal_and_slip(self):
        text = self._render(self._create_april())
        for part in ("对账单", "Test Customer", "Test Books", "期初余额", "1,000.00", "1,234.50", "壹仟贰佰叁拾肆元伍角", "公章", "回执"):
            self.assertIn(part, text)
        self.assertNotIn("Closing Balance", text)

    def test_the_vendor_reads_what_we_owe(self):
        self._create_invoice("2026-04-10", 70, move_type="in_invoice")
        text = self._render(self._create_statement(partner_id=self.other.id, kind="payable"))
        self.assertIn("我方账面应付", text)
        self.assertNotIn("贵方尚欠", text)

    def test_many_statements_are_one_file(self):
        self._create_invoice("2026-04-10", 40, partner=self.other)
        statements = self._create_april() + self._create_statement(partner_id=self.other.id)
        self.assertEqual(self._render(statements).count('class="o_account_statement"'), 2)
        self.assertEqual(statements.action_print()["report_name"], "cosmetics_finance.report_account_statement")

    def test_numbers_of_the_spreadsheet_are_numbers_and_texts_are_texts(self):
        statement = self._create_april()
        action = self.env.ref("cosmetics_finance.cosmetics_account_statement_action_xlsx").with_user(self.reader)
        content, _kind = action._render("cosmetics_finance.account_statement_xlsx", statement.ids, {})
        page = openpyxl.load_workbook(io.BytesIO(content))[statement.name]
        self.assertEqual((page["A1"].value, page["G5"].value, page["E6"].value, page["G7"].value), ("对账单", 1000, 234.5, 1234.5))
        self.assertEqual((page["C6"].value, page["C6"].data_type), ("=1+1", "s"))

    def test_a_mail_takes_the_paper_along(self):
        self.partner.email = "customer@example.com"
        statement = self._create_april()
        statement.action_send()
        mail = self.env["mail.mail"].sudo().search([("model", "=", statement._name), ("res_id", "=", statement.id)])
        self.assertEqual((statement.state, mail.recipient_ids, len(mail.attachment_ids)), ("sent", self.partner, 1))
        self.assertIn("对账单", mail.subject)

    def test_the_mail_has_the_figures_of_now(self):
        self.partner.email = "customer@example.com"
        statement = self._create_april()
        self._create_invoice("2026-04-11", 1)
        statement.action_send()
        self.assertEqual(statement.closing, 1235.5)

    def test_a_batch_with_a_partner_without_address_goes_to_nobody(self):
        self.partner.email = "customer@example.com"
        self._create_invoice("2026-04-10", 40, partner=self.other)
        statements = self._create_april() + self._create_statement(partner_id=self.other.id)
        with self.assertRaisesRegex(UserError, "Test Supplier have no e-mail address"):
            statements.action_send()
        self.assertEqual(set(statements.mapped("state")), {"draft"})
