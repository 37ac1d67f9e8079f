"""What is beyond doubt is reconciled with one button, and nothing else is."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from . import files
from .common import BankCommon

DAY = "2026-08-10"


@tagged("post_install", "-at_install")
class TestReconcile(BankCommon):
    def _move(self, amount, memo="货款", user=None, journal=None, **vals):
        """Return a movement of the bank account."""
        return self.books["account.bank.statement.line"].create(
            {"journal_id": (journal or self.bank_journal).id, "date": DAY, "amount": amount, "payment_ref": memo, **vals}
        )

    def _is_reconciled(self, line):
        """Press the button for one movement; return whether it was beyond doubt."""
        try:
            line.action_reconcile_certain()
        except UserError:
            return False
        return line.is_reconciled

    def _other_side(self, line):
        """Return the account code prefix and balance against the bank."""
        (other,) = line.line_ids.filtered(lambda item: item.account_id != self.bank_journal.default_account_id)
        return other.account_id.code[:6], other.balance

    def test_the_number_of_the_invoice_in_the_memo_settles_it(self):
        invoice = self._create_invoice("2026-08-01", 100)
        line = self._move(100, f"付{invoice.name}货款")
        self.assertTrue(self._is_reconciled(line))
        self.assertEqual((invoice.amount_residual, invoice.payment_state), (0.0, "paid"))

    def test_numbers_of_several_invoices_settle_all_of_them(self):
        invoices = self._create_invoice("2026-08-01", 100) + self._create_invoice("2026-08-02", 50)
        self.assertTrue(self._is_reconciled(self._move(150, " ".join(invoices.mapped("name")))))
        self.assertEqual(invoices.mapped("amount_residual"), [0.0, 0.0])

    def test_the_order_number_of_an_invoice_settles_it(self):
        invoice = self._create_invoice("2026-08-01", 100, invoice_origin="S00042")
        self.assertTrue(self._is_reconciled(self._move(100, "S00042 货款")))
        self.assertEqual(invoice.amount_residual, 0.0)

    def test_an_invoice_number_with_another_amount_is_left_to_the_accountant(self):
        invoice = self._create_invoice("2026-08-01", 100)
        self.assertFalse(self._is_reconciled(self._move(99.99, invoice.name)))
        self.assertEqual(invoice.amount_residual, 100.0)

    def test_the_only_invoice_of_the_partner_with_the_amount_is_settled(self):
        bill = self._create_invoice("2026-08-01", 80, move_type="in_invoice")
        line = self._move(-80, partner_name=self.other.name)
        self.assertTrue(self._is_reconciled(line))
        self.assertEqual((line.partner_id, bill.amount_residual), (self.other, 0.0))

    def test_two_invoices_with_the_amount_are_in_doubt(self):
        self._create_invoice("2026-08-01", 80)
        self._create_invoice("2026-08-02", 80)
        self.assertFalse(self._is_reconciled(self._move(80, partner_name=self.partner.name)))

    def test_two_movements_for_one_invoice_are_in_doubt_even_when_one_is_chosen(self):
        self._create_invoice("2026-08-01", 80)
        first, _second = self._move(80, partner_name=self.partner.name), self._move(80, partner_name=self.partner.name)
        self.assertFalse(self._is_reconciled(first))

    def test_an_incoming_payment_settles_no_bill(self):
        self._create_invoice("2026-08-01", 80, move_type="in_invoice")
        self.assertFalse(self._is_reconciled(self._move(80, partner_name=self.other.name)))

    def test_the_partner_is_found_by_account_number_before_the_name(self):
        self._create_account("6100 2222 3333 4444", self.partner)
        line = self._move(5, partner_name=self.other.name, account_number="6100222233334444")
        self.assertEqual(line.partner_id, self.partner)

    def test_part_of_a_name_or_number_is_nobody(self):
        self._create_account("6100222233334444", self.partner)
        for vals in ({"partner_name": "Test"}, {"partner_name": "T***r"}, {"account_number": "4444"}, {"account_number": "6100****4444"}):
            with self.subTest(vals):
                self.assertFalse(self._move(5, **vals).partner_id)

    def test_a_name_that_two_have_is_nobody(self):
        self.env["res.partner"].create([{"name": "重名", "company_id": self.company.id}] * 2)
        self.assertFalse(self._move(5, partner_name="重名").partner_id)

    def test_rules_book_what_the_bank_does_every_month(self):
        cases = {
            "手续费": (-12.5, "560305", 12.5),
            "结息": (0.88, "560301", -0.88),
            "代发工资": (-9000, "221100", 9000),
            "缴税 增值税": (-130, "222102", 130),
            "企业所得税": (-70, "222114", 70),
            "个人所得税": (-7, "222115", 7),
            "印花税": (-3, "222116", 3),
        }
        for memo, (amount, prefix, balance) in cases.items():
            with self.subTest(memo):
                line = self._move(amount, memo)
                self.assertTrue(self._is_reconciled(line))
                self.assertEqual(self._other_side(line), (prefix, balance))

    def test_rules_keep_to_their_side_and_to_single_taxes(self):
        for amount, memo in ((100, "货款已扣手续费"), (-5, "结息冲正"), (-200, "增值税及附加税"), (-200, "增值税 城建税")):
            with self.subTest(memo):
                self.assertFalse(self._is_reconciled(self._move(amount, memo)))

    def test_a_transfer_between_own_accounts_meets_on_the_account_between(self):
        second = self.env["account.journal"].create({"name": "工行", "type": "bank", "code": "GH", "company_id": self.company.id})
        second.bank_account_id = self._create_account("62001111222233334444", self.company.partner_id)
        out = self._move(-1000, "转账", account_number="62001111222233334444")
        back = self._move(1000, "转账", journal=second, account_number=files.OWN)
        (out | back).action_reconcile_certain()
        between = (out | back).line_ids.filtered(lambda item: item.account_id == self.company.transfer_account_id)
        self.assertEqual((sorted(between.mapped("balance")), set(between.mapped("reconciled"))), ([-1000, 1000], {True}))

    def test_a_payment_on_its_way_is_settled_by_the_bank(self):
        account = self._find_account("1012").copy({"code": "101299", "name": "On the way", "reconcile": True})
        self.bank_journal.inbound_payment_method_line_ids.payment_account_id = account
        invoice = self._create_invoice("2026-08-01", 60)
        self._pay(invoice, 60, "2026-08-02")
        self.assertTrue(self._is_reconciled(self._move(60, partner_name=self.partner.name)))
        self.assertTrue(invoice.matched_payment_ids.is_matched)

    def test_the_button_takes_what_is_certain_and_leaves_the_rest(self):
        invoice = self._create_invoice("2026-08-01", 100)
        lines = self._move(100, invoice.name) | self._move(-1, "手续费") | self._move(7, "不明")
        action = self.books["account.bank.statement.line"].action_reconcile_certain()
        self.assertEqual(action["params"]["message"], "2 of 3 movements reconciled.")
        self.assertEqual(lines.mapped("is_reconciled"), [True, True, False])

    def test_an_import_reconciles_nothing_by_itself(self):
        line = self._import(files.ccb()).with_context(_test_account_reconcile_oca=True).statement_ids.line_ids[0]
        more = self._move(-1, "手续费").with_context(_test_account_reconcile_oca=True).copy()
        self.assertFalse(line.is_reconciled or more.is_reconciled)

    def test_the_screen_of_the_add_on_proposes_the_certain_item(self):
        invoice = self._create_invoice("2026-08-01", 100)
        line = self._move(100, invoice.name)
        self.assertTrue(line.can_reconcile)
        self.assertIn(invoice.name, [data.get("move") for data in line.reconcile_data_info["data"]])

    def test_a_reader_does_not_reconcile(self):
        line = self._move(-1, "手续费")
        with self.assertRaises(AccessError):
            line.with_user(self.reader).action_reconcile_certain()

    def test_rules_come_with_the_chart_and_again_change_nothing(self):
        rules = self.env["account.reconcile.model"].search([("company_id", "=", self.company.id), ("match_label", "=", "match_regex")])
        self.assertEqual(len(rules), 7)
        rules[0].match_label_param = "自己的词"
        self.env["account.chart.template"]._bank_bring_up_to_date()
        self.assertEqual(rules[0].match_label_param, "自己的词")
        self.assertEqual(
            self.env["account.reconcile.model"].search_count([("company_id", "=", self.company.id), ("id", "in", rules.ids)]), 7
        )

    def test_a_company_with_the_chart_already_gets_what_is_missing(self):
        rules = self.env["account.reconcile.model"].search([("company_id", "=", self.company.id)])
        rules.unlink()
        self._find_account("560305").unlink()
        self.env["account.chart.template"]._bank_bring_up_to_date()
        rules = self.env["account.reconcile.model"].search([("company_id", "=", self.company.id), ("match_label", "=", "match_regex")])
        self.assertIn("560305", rules.line_ids.account_id.with_company(self.company).mapped("code"))


@tagged("post_install", "-at_install")
class TestReconcileLargeChart(BankCommon):
    chart = "cn_large_bis"

    def test_the_chart_of_larger_companies_has_its_rules(self):
        line = self.books["account.bank.statement.line"].create(
            {"journal_id": self.bank_journal.id, "date": DAY, "amount": -5, "payment_ref": "手续费"}
        )
        line.action_reconcile_certain()
        self.assertEqual([code[:4] for code in line.line_ids.account_id.mapped("code")][-1:], ["6603"])
