"""Single cells: whatever a platform, a spreadsheet or a hand wrote, a cell is read right or refused, never read wrong."""

from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools import cell

QUICK = settings(max_examples=300, deadline=None, derandomize=True, database=None)
WRAPPINGS = ('="{}"', "'{}", "`{}", "\t{}", "{}\t", " {} ", "\ufeff{}", "\u3000{}\u200b", "{}")
FORMULAS = ("=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1:A9)", "\t=1", "\r=1")


def utc(*parts):
    """Return a moment as Odoo stores it."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)


@tagged("post_install", "-at_install")
class TestCellTools(BaseCase):
    def _code(self, read, value):
        with self.assertRaises(cell.CellProblem) as caught:
            read(value)
        return caught.exception.code

    # ------------------------------------------------------------------ texts and numbers that name something
    @QUICK
    @given(st.integers(10**9, 10**22), st.sampled_from(WRAPPINGS))
    def test_long_numbers_keep_every_digit_in_any_wrapping(self, number, wrapping):
        self.assertEqual(cell.number_text(wrapping.format(number)), str(number))

    @QUICK
    @given(st.text(max_size=40))
    def test_cleaning_is_done_once(self, text):
        clean = cell.clean(text)
        self.assertEqual(clean, clean.strip(" \t\r\n"))
        self.assertFalse(cell.INVISIBLE.search(clean))

    @QUICK
    @given(st.one_of(st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.none(), st.datetimes(), st.dates()))
    def test_no_value_whatever_ends_in_another_fault(self, value):
        for read in (cell.clean, cell.text_of, cell.number_text, cell.money, cell.quantity, cell.moment, cell.is_gift, cell.header_key):
            try:
                read(value)
            except cell.CellProblem as problem:
                self.assertIn(problem.code, ("rounded_number", "not_money", "not_quantity", "not_date"))

    def test_signs_for_nothing(self):
        for sign in ("", "-", "--", "—", "——", "/", "\\N", "null", "None", "#N/A", "  ", None):
            with self.subTest(sign=sign):
                self.assertEqual(cell.text_of(sign), "")
                self.assertIsNone(cell.money(sign))
                self.assertIsNone(cell.moment(sign))
                self.assertIsNone(cell.quantity(sign))

    def test_a_formula_stays_text_and_is_quoted_on_the_way_out(self):
        for text in FORMULAS:
            with self.subTest(text=text):
                self.assertTrue(cell.safe_cell(text).startswith("'"))
        self.assertEqual(cell.clean("=cmd|' /C calc'!A0"), "=cmd|' /C calc'!A0")
        for text in ("口红", "1-1", "a=b", "", None):
            with self.subTest(text=text):
                self.assertFalse(cell.safe_cell(text).startswith("'"))

    def test_numbers_that_a_spreadsheet_rounded_are_refused(self):
        for value in ("2.60517E+18", "1.2E+15", "9e+20", 2.605171234567890e18, 10.0**15):
            with self.subTest(value=value):
                self.assertEqual(self._code(cell.number_text, value), "rounded_number")
        self.assertEqual(cell.number_text("A12E5"), "A12E5", "letters beside digits are a code")

    # ------------------------------------------------------------------ money
    @QUICK
    @given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
    def test_money_in_every_writing(self, amount):
        plain = f"{amount:.2f}"
        for text in (plain, f"{amount:,.2f}", f" {plain} ", f"{plain}元", f"'{plain}", f'="{plain}"', f"{plain}(含税)"):
            self.assertEqual(cell.money(text), amount.quantize(Decimal("0.01")))
        if amount >= 0:
            self.assertEqual(cell.money(f"￥{plain}"), amount.quantize(Decimal("0.01")))

    @QUICK
    @given(st.decimals(min_value=0, max_value=10**6, places=2))
    def test_what_a_spreadsheet_made_of_an_amount(self, amount):
        self.assertEqual(cell.money(float(amount)), amount.quantize(Decimal("0.01")))

    def test_what_is_no_money(self):
        for text in (
            "免费",
            "1.2.3",
            "12,34",
            "1,2345",
            "12.345",
            "--5",
            "5-",
            "1e3",
            "∞",
            "NaN",
            "Infinity",
            "12 34 元角",
            "(5)",
            "0x1F",
            "1/2",
        ):
            with self.subTest(text=text):
                self.assertEqual(self._code(cell.money, text), "not_money")
        for value in (float("inf"), 1e13, -1e13):
            with self.subTest(value=value):
                self.assertEqual(self._code(cell.money, value), "not_money")

    # ------------------------------------------------------------------ pieces
    @QUICK
    @given(st.integers(1, 10**7), st.sampled_from(("{}", "{}.0", "{}.00", "{}件", "{}瓶", " {} ", '="{}"')))
    def test_pieces_in_every_writing(self, count, form):
        self.assertEqual(cell.quantity(form.format(count)), count)

    def test_what_is_no_number_of_pieces(self):
        for text in ("0", "-1", "1.5", "两", "1e2", "10000001", "1 2", "0.0", "1+1"):
            with self.subTest(text=text):
                self.assertEqual(self._code(cell.quantity, text), "not_quantity")

    # ------------------------------------------------------------------ moments
    @QUICK
    @given(st.datetimes(min_value=datetime(1995, 1, 1), max_value=datetime(2150, 1, 1)))  # noqa: DTZ001 a wall clock
    def test_a_wall_clock_in_china_is_eight_hours_ahead(self, local):
        local = local.replace(microsecond=0)
        forms = (
            "%Y-%m-%d %H:%M:%S",
            "%Y/%m/%d %H:%M:%S",
            "%Y%m%d %H:%M:%S",
            "%Y年%m月%d日 %H:%M:%S",
            "%Y-%m-%dT%H:%M:%S",
            "%Y.%m.%d %H：%M：%S",
        )
        found = {cell.moment(local.strftime(form)) for form in forms}
        self.assertEqual(len(found), 1)
        self.assertEqual((local - found.pop()).total_seconds(), 8 * 3600)

    def test_days_and_serials(self):
        self.assertEqual(cell.moment("2026-11-11"), utc(2026, 11, 10, 16))
        self.assertEqual(cell.moment(date(2026, 11, 11)), utc(2026, 11, 10, 16))
        self.assertEqual(cell.moment("46337"), utc(2026, 11, 10, 16))
        self.assertEqual(cell.moment(46337.75), utc(2026, 11, 11, 10))

    def test_placeholders_of_platforms_are_no_date(self):
        for text in ("0001-01-01 00:00:00", "0000-00-00", "1970-01-01 08:00:00", "0", "0001/1/1"):
            with self.subTest(text=text):
                self.assertIsNone(cell.moment(text))

    def test_what_is_no_date(self):
        for text in (
            "2026-02-30",
            "2026-13-01",
            "11/11/2026",
            "昨天",
            "2026-11-11 24:01",
            "2026-11-11 10:60",
            "1899-12-31",
            "99999",
            "2026",
        ):
            with self.subTest(text=text):
                self.assertEqual(self._code(cell.moment, text), "not_date")

    # ------------------------------------------------------------------ headers, states, gifts
    def test_headers_are_compared_without_width_blanks_and_case(self):
        for left, right in (
            ("商品总价（元）", "商品总价(元)"),
            ("收货地址 ", "收货地址"),
            ("SKU 净重（KG）", "sku净重(kg)"),
            ("\ufeff订单号", "订单号"),
        ):
            with self.subTest(left=left):
                self.assertEqual(cell.header_key(left), cell.header_key(right))
        self.assertNotEqual(cell.header_key("订单号"), cell.header_key("订单编号"))

    def test_gift_words(self):
        self.assertEqual([cell.is_gift(word) for word in ("是", "赠品", "Y", "yes", "TRUE", "1", True)], [True] * 7)
        self.assertEqual([cell.is_gift(word) for word in ("否", "", "-", "0", "no", None, False, "是的")], [False] * 8)
