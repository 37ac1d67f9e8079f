"""The voucher on paper: capitals, red ink, several pages, a month at once."""

from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common_statement import StatementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-03")
class TestVoucher(StatementCommon):
    def _print(self, moves):
        """Return the printed page as text (HTML: what the PDF is made of)."""
        reports = self.env["ir.actions.report"].with_user(self.reader)
        return reports._render_qweb_html("cosmetics_finance.report_voucher", moves.ids)[0].decode()

    def _create_wizard(self, user=None, **vals):
        wizards = self.env["cosmetics.voucher.print"].with_user(user or self.accountant).with_company(self.company)
        return wizards.create({"company_id": self.company.id, "year": "2026", "month": "5", **vals})

    def test_the_total_stands_in_capitals(self):
        move = self._enter("2026-05-01", ("1002", 1005.3), ("5001", -1005.3))
        text = self._print(move)
        self.assertIn("壹仟零伍元叁角", text)
        self.assertIn("1,005.30", text)

    def test_red_ink_is_a_negative_amount_on_its_own_side(self):
        sale = self._enter("2026-05-01", ("112200", 113, self.partner), ("5001", -113))
        refund = sale._reverse_moves([{"date": "2026-05-03"}], cancel=True)
        pages = refund._get_voucher_pages()
        self.assertEqual((pages[0].debit, pages[0].credit), (Decimal("-113.00"), Decimal("-113.00")))
        text = self._print(refund)
        self.assertIn("负壹佰壹拾叁元整", text)
        self.assertIn('o_voucher_red">-113.00', text)

    def test_a_long_voucher_has_several_pages_and_one_total(self):
        move = self._enter("2026-05-01", *[("5602", 10) for _line in range(9)], ("1002", -90))
        text = self._print(move)
        self.assertEqual([page.number for page in move._get_voucher_pages()], [1, 2])
        self.assertEqual((text.count("(1/2)"), text.count("(2/2)"), text.count("玖拾元整")), (1, 1, 1))

    def test_a_month_is_numbered_and_printed_in_order(self):
        late = self._enter("2026-05-09", ("1002", 10), ("5001", -10))
        early = self._enter("2026-05-02", ("1002", 10), ("5001", -10))
        wizard = self._create_wizard()
        with self.assertRaisesRegex(UserError, "Number the vouchers first"):
            wizard.action_print()
        wizard.action_number()
        self.assertEqual(wizard.action_print()["context"]["active_ids"], [early.id, late.id])
        self.assertEqual(self._create_wizard(number_from=2)._get_moves(), late)

    def test_a_number_is_found_as_it_is_printed(self):
        move = self._enter("2026-05-09", ("1002", 10), ("5001", -10))
        self._create_wizard().action_number()
        found = self.books["account.move"].search([("voucher_code", "=", "记-0001"), ("voucher_month", "=", "2026-05")])
        self.assertEqual(found, move)

    def test_an_empty_month_has_nothing_to_number(self):
        with self.assertRaisesRegex(UserError, "No entry is posted"):
            self._create_wizard(month="2").action_number()

    def test_the_reader_prints_and_numbers_nothing(self):
        self._enter("2026-05-09", ("1002", 10), ("5001", -10))
        self._create_wizard().action_number()
        wizard = self._create_wizard(user=self.reader)
        self.assertTrue(wizard.action_print())
        with self.assertRaises(AccessError):
            wizard.action_number()

    def test_numbers_begin_anew_in_each_month_and_close_gaps_when_given_again(self):
        moves = [self._enter(day, ("1002", 10), ("5001", -10)) for day in ("2026-04-09", "2026-05-02", "2026-05-09")]
        for month in ("4", "5"):
            self._create_wizard(month=month).action_number()
        self.assertEqual([move.voucher_code for move in moves], ["记-0001", "记-0001", "记-0002"])
        moves[1].button_draft()
        self._create_wizard().action_number()
        self.assertEqual([move.voucher_code for move in moves], ["记-0001", False, "记-0001"])
