"""Every bank's file gives the same movements, whatever its layout, encoding and order."""

from datetime import date
from decimal import Decimal

from odoo.addons.cosmetics_base.tools.file_problem import FileProblem
from odoo.tests import tagged

from ..tools.bank_file import read
from . import files
from .common import BankCommon


@tagged("post_install", "-at_install")
class TestBankFile(BankCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profiles = cls.env["cosmetics.bank.profile"].search([])._get_profiles()

    def _read(self, raw, name="bank.csv"):
        """Return the only content of a file."""
        (content,) = read(name, raw, self.profiles)
        return content

    def _refuse(self, raw):
        """Return the code with which a file is refused."""
        with self.assertRaises(FileProblem) as caught:
            read("bank.csv", raw, self.profiles)
        return caught.exception.code

    def test_each_bank_is_recognised_and_gives_the_same_movements(self):
        for bank, table in files.BANKS.items():
            for raw in (files.text(table()), files.text(table(), "utf-8-sig"), files.workbook(table())):
                with self.subTest(bank):
                    content = self._read(raw)
                    self.assertEqual(content.profile.code, self.env.ref(f"cosmetics_finance_bank.bank_profile_{bank}").id)
                    self.assertEqual([row.amount for _key, row in content.keyed], [amount for _at, amount, *_rest in files.MOVEMENTS])
                    self.assertEqual((content.opening, content.closing), (files.OPENING, Decimal("1188.38")))

    def test_times_of_day_are_those_of_china(self):
        for bank, table in files.BANKS.items():
            with self.subTest(bank):
                second = self._read(files.text(table())).keyed[1][1]
                self.assertEqual((second.day, second.at.isoformat()), (date(2026, 8, 1), "2026-08-01T07:24:03"))

    def test_partner_account_and_memo_are_read(self):
        for bank, table in files.BANKS.items():
            with self.subTest(bank):
                first = self._read(files.text(table())).keyed[0][1]
                self.assertEqual((first.partner, first.account), ("西安晨光商贸", "6100222233334444"))
                self.assertIn("货款", first.memo)

    def test_the_own_account_is_found_above_the_header_and_in_its_column(self):
        for bank, told in {"ccb": files.OWN, "ceb": files.OWN, "cmb": files.OWN, "cmbc": "6100****3456"}.items():
            with self.subTest(bank):
                self.assertEqual(self._read(files.text(files.BANKS[bank]())).accounts, {told})

    def test_the_banks_debit_is_money_out_and_a_reversal_comes_back(self):
        table = files.ccb()
        table[4][4] = "-12.50"
        self.assertEqual(self._refuse(files.text(table)), "balance")
        reversal = [*files.MOVEMENTS[:2], ("2026-08-02 08:00:00", Decimal("12.50"), "", "", "冲正", "2026080200009")]
        table = files.ccb(reversal)
        table[5][4:6] = ["-12.50", ""]
        self.assertEqual(self._read(files.text(table)).keyed[2][1].amount, Decimal("12.50"))

    def test_rows_of_one_second_keep_the_order_of_their_balances(self):
        at = "2026-08-01 09:00:00"
        same = [(at, Decimal(amount), "", "", "", f"N{amount}") for amount in ("5.00", "-3.00", "7.00")]
        for table in (files.ccb(same), [*files.ccb(same)[:3], *files.ccb(same)[:2:-1]]):
            self.assertEqual([row.amount for _key, row in self._read(files.text(table)).keyed], [5, -3, 7])

    def test_payment_and_fee_with_one_number_are_two_movements(self):
        pair = [("2026-08-01 09:00:00", Decimal(amount), "", "", "", "N1") for amount in ("-100.00", "-0.50")]
        self.assertEqual(len({key for key, _row in self._read(files.text(files.ccb(pair))).keyed}), 2)

    def test_equal_movements_without_number_or_balance_are_all_counted(self):
        header = ["交易日期", "收入", "支出", "摘要"]
        row = ["2026-08-01", "5.00", "", "二维码收款"]
        content = self._read(files.text([header, row, row, row]))
        self.assertEqual((len({key for key, _row in content.keyed}), content.opening, content.repeated), (3, None, 0))

    def test_a_numbered_row_that_stands_twice_counts_once_where_no_balance_tells(self):
        header = ["交易日期", "收入", "支出", "流水号"]
        row = ["2026-08-01", "5.00", "", "N1"]
        content = self._read(files.text([header, row, row]))
        self.assertEqual((len(content.keyed), content.repeated), (1, 1))

    def test_zero_rows_move_nothing(self):
        table = files.icbc()
        table.insert(3, ["0", "2026-08-01 10:00:00", "", "", "0.00", "0.00", table[2][6], "查询", ""])
        self.assertEqual(len(self._read(files.text(table)).keyed), len(files.MOVEMENTS))

    def test_what_looks_like_a_formula_stays_text(self):
        memo = "=cmd|' /C calc'!A0"
        movements = [(*files.MOVEMENTS[0][:4], memo, "N1")]
        for raw in (files.text(files.cmbc(movements)), files.workbook(files.cmbc(movements))):
            self.assertEqual(self._read(raw).keyed[0][1].memo, memo)

    def test_long_numbers_that_a_spreadsheet_rounded_are_refused(self):
        table = files.cmbc()
        table[2][1] = 2026080100001234567890.0
        self.assertEqual(self._refuse(files.workbook(table)), "rounded_number")

    def test_totals_and_balances_that_the_bank_tells_must_tie(self):
        for change in (
            {2: ["借方合计：312.51"]},
            {3: ["贷方合计：500.87"]},
            {0: ["期初余额：1000.01"]},
            {0: ["期末余额", "1188.37"]},
            {0: ["借方笔数：3"]},
        ):
            table = files.ceb()
            for place, cells in change.items():
                table[place] = cells
            with self.subTest(change):
                self.assertEqual(self._refuse(files.text(table)), "told_differs")
        table = files.cmbc()
        table[-1][3] = "500.87"
        self.assertEqual(self._refuse(files.text(table)), "told_differs")

    def test_opening_and_closing_that_are_told_check_a_file_without_a_balance_column(self):
        header = ["交易日期", "收入", "支出"]
        rows = [["2026-08-01", "5.00", ""], ["2026-08-02", "", "2.00"]]
        good = self._read(files.text([["期初余额：10.00", "期末余额：13.00"], header, *rows]))
        self.assertEqual((good.opening, good.closing), (10, 13))
        self.assertEqual(self._refuse(files.text([["期初余额：10.00", "期末余额：13.01"], header, *rows])), "told_differs")

    def test_each_fault_has_its_code(self):
        def changed(row, column, value):
            table = files.icbc()
            table[row][column] = value
            return files.text(table)

        faults = {
            "empty": b"  \r\n",
            "kind": b"%PDF-1.7",
            "html": b"<html><table></table></html>",
            "unknown_format": files.text([["订单号", "买家"], ["1", "2"]]),
            "no_rows": files.text(files.icbc()[:2]),
            "not_date": changed(2, 1, "2026-13-01"),
            "not_money": changed(2, 4, "五百"),
            "no_amount": changed(2, 4, ""),
            "two_amounts": changed(2, 5, "1.00"),
            "no_balance": changed(3, 6, ""),
            "balance": changed(3, 6, "1487.51"),
        }
        for code, raw in faults.items():
            with self.subTest(code):
                self.assertEqual(self._refuse(raw), code)
