"""Single movements: amounts of each layout, times of each shape."""

from datetime import date, datetime, time
from decimal import Decimal

from odoo.addons.cosmetics_base.tools.cell import CellProblem
from odoo.tests import BaseCase, tagged

from ..tools.bank_row import RowProblem, read_row, when_of
from ..tools.profile import Profile, find_layout

SPLIT = {"date": ["日期"], "out": ["支出"], "in": ["收入"], "memo": ["摘要", "用途"], "account": ["对方账号"], "reference": ["流水号"]}
JOINED = {"date": ["日期"], "amount": ["金额"], "side": ["收支"]}
SIGNED = {"date": ["日期"], "amount": ["金额"]}
DAY = "2026-08-01"


def read(columns, *cells, **options):
    """Return the movement of a row under the first header of each role."""
    profile = Profile("x", frozenset(), columns, **options)
    header = [name for names in columns.values() for name in names]
    return read_row(list(cells), find_layout(header, [profile]), 1)


@tagged("post_install", "-at_install")
class TestBankRow(BaseCase):
    def _refuse(self, *arguments, **options):
        """Return the code with which a row is refused."""
        with self.assertRaises((CellProblem, RowProblem)) as caught:
            read(*arguments, **options)
        return caught.exception.code

    def test_two_columns_make_one_amount(self):
        cases = (
            ("12.00", "", "-12.00"),
            ("", "1,200.50", "1200.50"),
            ("0.00", "5.00", "5.00"),
            ("5.00", "0.00", "-5.00"),
            ("-5.00", "", "5.00"),
            ("--", "3", "3.00"),
            (12.5, "", "-12.50"),
            ("0.00", "0.00", "0.00"),
        )
        for out, came, amount in cases:
            with self.subTest((out, came)):
                self.assertEqual(read(SPLIT, DAY, out, came).amount, Decimal(amount))

    def test_minus_signs_in_the_column_of_expenses_mean_expenses_where_the_format_says_so(self):
        self.assertEqual(read(SPLIT, DAY, "-5.00", "", out_negative=True).amount, Decimal("-5.00"))
        self.assertEqual(read(SPLIT, DAY, "", "5.00", out_negative=True).amount, Decimal("5.00"))

    def test_one_column_takes_its_side_from_another(self):
        for side in ("借", "支出", "D", "往账", "付款"):
            self.assertEqual(read(JOINED, DAY, "5.00", side).amount, Decimal("-5.00"), side)
            self.assertEqual(read(JOINED, DAY, "-5.00", side).amount, Decimal("-5.00"), side)
        for side in ("贷", "收入", "c", "来账", "收款"):
            self.assertEqual(read(JOINED, DAY, "5.00", side).amount, Decimal("5.00"), side)
        self.assertEqual(self._refuse(JOINED, DAY, "5.00", "其他"), "not_side")

    def test_one_signed_column_is_taken_as_it_is(self):
        self.assertEqual(read(SIGNED, DAY, "-5.00").amount, Decimal("-5.00"))
        self.assertEqual(self._refuse(SIGNED, DAY, ""), "no_amount")

    def test_what_is_no_amount_is_refused(self):
        self.assertEqual(self._refuse(SPLIT, DAY, "", ""), "no_amount")
        self.assertEqual(self._refuse(SPLIT, DAY, "1.00", "2.00"), "two_amounts")
        self.assertEqual(self._refuse(SPLIT, DAY, "五元", ""), "not_money")
        self.assertEqual(self._refuse(SPLIT, DAY, "1.005", ""), "not_money")

    def test_memos_are_joined_and_numbers_stay_whole(self):
        found = read(SPLIT, DAY, "", "5.00", "货款", "8月", "6100 2222 3333", "0012345")
        self.assertEqual((found.memo, found.account, found.reference), ("货款 8月", "610022223333", "0012345"))
        self.assertEqual(read(SPLIT, DAY, "", "5.00", "货款", "货款").memo, "货款")
        self.assertEqual(self._refuse(SPLIT, DAY, "", "5.00", "", "", "6.1E+18"), "rounded_number")

    def test_a_short_row_lacks_its_last_cells(self):
        found = read(SPLIT, DAY, "", "5.00")
        self.assertEqual((found.memo, found.account, found.reference, found.balance), ("", "", "", None))

    def test_times_come_in_many_shapes_and_mean_china(self):
        noon = datetime.fromisoformat("2026-08-01T04:30:15")
        cases = (
            ("2026-08-01 12:30:15", ""),
            ("20260801 12:30:15", ""),
            ("2026/8/1 12:30:15", ""),
            ("2026年08月01日 12:30:15", ""),
            ("2026-08-01", "12:30:15"),
            ("20260801", "123015"),
            ("2026-08-01", time(12, 30, 15)),
            ("2026-08-01", "2026-08-01 12:30:15"),
            (date(2026, 8, 1), "12:30:15"),
            (datetime.fromisoformat("2026-08-01T12:30:15"), ""),
        )
        for day, clock in cases:
            with self.subTest((day, clock)):
                self.assertEqual(when_of(day, clock), noon)

    def test_the_day_is_that_of_china_around_midnight(self):
        self.assertEqual(read(SIGNED, "2026-08-01 00:10:00", "1").day, date(2026, 8, 1))
        self.assertEqual(read(SIGNED, "2026-08-01 23:59:59", "1").day, date(2026, 8, 1))

    def test_the_booking_day_counts_before_the_moment(self):
        columns = {**SIGNED, "booked": ["记账日"]}
        found = read(columns, "2026-08-01 23:59:00", "1", "2026-08-02")
        self.assertEqual((found.day, found.at.isoformat()), (date(2026, 8, 2), "2026-08-01T15:59:00"))

    def test_what_is_no_day_is_refused(self):
        for day in ("", "昨天", "2026-02-30", "12"):
            with self.subTest(day):
                self.assertEqual(self._refuse(SIGNED, day, "1.00"), "not_date")
