"""Netting: both sides by the same amount, each item by what was agreed."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from ..tools.netting import allocate
from .common_due import DueCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20 04:00:00")
class TestNetting(DueCommon):
    def _invoice(self, amount, due="2026-05-01", **vals):
        return self._create_invoice("2026-04-01", amount, due=due, partner=self.partner, **vals)

    def _bill(self, amount, due="2026-05-01", **vals):
        return self._invoice(amount, due, move_type="in_invoice", **vals)

    def _create_netting(self, propose=True):
        netting = self.books["cosmetics.netting"].create({"partner_id": self.partner.id})
        if propose:
            netting.action_propose()
        return netting

    def test_the_smaller_side_is_set_off_in_full_and_the_older_item_first(self):
        young, old, bill = self._invoice(200, "2026-05-10"), self._invoice(100, "2026-05-01"), self._bill(150)
        netting = self._create_netting()
        self.assertEqual((netting.amount, netting.amount_payable), (150, 150))
        netting.action_post()
        self.assertEqual([move.amount_residual for move in (old, young, bill)], [0, 150, 0])

    def test_the_entry_moves_the_debt_on_the_accounts_of_the_items(self):
        invoice, bill = self._invoice(100), self._bill(150)
        netting = self._create_netting()
        netting.action_post()
        found = {(line.account_id, line.debit, line.credit) for line in netting.move_id.line_ids}
        receivable = invoice.line_ids.filtered("date_maturity").account_id
        payable = bill.line_ids.filtered("date_maturity").account_id
        self.assertEqual(found, {(receivable, 0, 100), (payable, 100, 0)})
        self.assertEqual((netting.move_id.state, netting.move_id.ref, netting.state), ("posted", netting.name, "posted"))

    def test_a_partner_of_one_side_has_nothing_to_set_off(self):
        self._invoice(100)
        with self.assertRaisesRegex(UserError, "nothing to set off"):
            self._create_netting()

    def test_disputed_items_are_left_out(self):
        self._invoice(100, is_disputed=True, dispute_reason="Broken jars")
        self._bill(100)
        with self.assertRaisesRegex(UserError, "nothing to set off"):
            self._create_netting()

    def test_sides_that_differ_are_not_posted(self):
        self._invoice(100)
        self._bill(100)
        netting = self._create_netting()
        netting.line_ids.filtered(lambda line: line.kind == "payable").amount = 99.99
        with self.assertRaisesRegex(UserError, "both sides must be the same"):
            netting.action_post()

    def test_what_was_paid_meanwhile_is_not_set_off(self):
        invoice = self._invoice(100)
        self._bill(100)
        netting = self._create_netting()
        self._pay(invoice, 60, "2026-05-19")
        with self.assertRaisesRegex(UserError, "Less of"):
            netting.action_post()

    def test_an_agreed_part_leaves_the_rest_open(self):
        invoice, bill = self._invoice(100), self._bill(100)
        netting = self._create_netting()
        netting.line_ids.write({"amount": 30})
        netting.action_post()
        self.assertEqual((invoice.amount_residual, bill.amount_residual), (70, 70))

    def test_a_cancelled_netting_opens_both_sides_again(self):
        invoice, bill = self._invoice(100), self._bill(100)
        netting = self._create_netting()
        netting.action_post()
        netting.action_cancel()
        self.assertEqual((netting.state, invoice.amount_residual, bill.amount_residual), ("cancelled", 100, 100))
        self.assertTrue(netting.move_id.reversal_move_ids)

    def test_a_posted_netting_stays_what_it_is(self):
        self._invoice(100)
        self._bill(100)
        netting = self._create_netting()
        netting.action_post()
        for act in (
            netting.action_post,
            netting.action_propose,
            netting.unlink,
            netting.line_ids.unlink,
            lambda: netting.line_ids.write({"amount": 1}),
            lambda: netting.write({"date": "2026-01-01"}),
        ):
            with self.assertRaisesRegex(UserError, "this needs"), self.cr.savepoint():
                act()

    def test_items_of_somebody_else_are_refused(self):
        self._invoice(100)
        foreign = self._create_invoice("2026-04-01", 100, move_type="in_invoice").line_ids.filtered("date_maturity")
        netting = self._create_netting(propose=False)
        with self.assertRaisesRegex(UserError, "no open item of Test Customer"):
            self.books["cosmetics.netting.line"].create({"netting_id": netting.id, "move_line_id": foreign.id, "amount": 10})

    def test_a_line_sets_off_something_and_a_netting_has_lines(self):
        self._invoice(100)
        self._bill(100)
        netting = self._create_netting(propose=False)
        with self.assertRaisesRegex(UserError, "Nothing is set off yet"):
            netting.action_post()
        netting.action_propose()
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
            netting.line_ids[0].amount = 0

    def test_state_and_entry_are_nobodys_to_type(self):
        netting = self._create_netting(propose=False)
        for vals in ({"state": "posted"}, {"move_id": self._enter("2026-05-01", ("1002", 1), ("3001", -1)).id}):
            with self.assertRaises(UserError):
                netting.write(vals)

    def test_the_agreement_names_parties_amount_and_documents(self):
        invoice, bill = self._invoice(100), self._bill(150)
        netting = self._create_netting()
        html = self.books["ir.actions.report"]._render_qweb_html("cosmetics_finance.report_netting", netting.ids)[0].decode()
        for word in (self.company.name, self.partner.name, invoice.name, bill.name, "100.00", "壹佰元整"):
            self.assertIn(word, html)

    def test_the_amount_of_the_agreement_stands_in_capitals_as_on_chinese_paper(self):
        self._invoice(1500)
        self._bill(1500)
        netting = self._create_netting()
        html = self.books["ir.actions.report"]._render_qweb_html("cosmetics_finance.report_netting", netting.ids)[0].decode()
        self.assertIn("1,500.00（壹仟伍佰元整）", html)

    def test_a_reader_reads_and_prints_and_changes_nothing(self):
        self._invoice(100)
        self._bill(100)
        netting = self._create_netting()
        self.assertEqual(netting.with_user(self.reader).action_print()["report_name"], "cosmetics_finance.report_netting")
        for act in ("action_propose", "action_post"):
            with self.assertRaises(AccessError):
                getattr(netting.with_user(self.reader), act)()

    def test_another_company_sees_no_netting(self):
        netting = self._create_netting(propose=False)
        outsider = self._create_user("netting_outsider", "cosmetics_finance.group_accountant")
        self.assertFalse(self.env["cosmetics.netting"].with_user(outsider).search([("id", "=", netting.id)]))


@tagged("post_install", "-at_install")
class TestNettingTools(DueCommon):
    cents = st.integers(1, 10**7).map(lambda amount: amount / 100)

    @settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
    @given(st.lists(cents, max_size=10), cents)
    def test_what_is_taken_is_the_total_or_all_there_is_to_the_cent(self, amounts, total):
        taken = allocate(amounts, total)
        self.assertEqual(round(sum(taken), 2), round(min(sum(amounts), total), 2))
        self.assertTrue(all(0 <= part <= amount for part, amount in zip(taken, amounts, strict=True)))
