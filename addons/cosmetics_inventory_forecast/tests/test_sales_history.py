"""Sheets of old systems, read without a database: columns, periods, units and totals."""

import csv
import io
from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from odoo.addons.cosmetics_base.tools.cell import CellProblem
from odoo.addons.cosmetics_base.tools.file_problem import FileProblem
from odoo.tests import BaseCase, tagged

from ..tools import sales_history
from ..tools.sales_history import period_of, read
from .common import PATIENT

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
# How the same month, week or day is written; an ISO week belongs to the year of its Thursday.
MONTHS = ("%Y-%m", "%Y/%m", "%Y.%m", "%Y年%m月", "%Y%m")
WEEKS = ("%GW%V", "%G-W%V", "%G年第%V周", "%G第%V周")
SINGLE = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d", "%Y-%m-%d 23:59:59")
# What each system calls its columns.
SYSTEMS = {
    "管家婆": ("商品编号", "商品名称", "仓库", "单据日期", "数量", "金额"),
    "金蝶": ("物料编码", "物料名称", "店铺", "业务日期", "实发数量", "价税合计"),
    "用友": ("存货编码", "存货名称", "仓库名称", "出库日期", "出库数量", "金额"),
    "sheet": ("Code", "Product", "Shop", "Date", "Qty", "Amount"),
}


def month_around(day):
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def week_around(day):
    first = day - timedelta(days=day.weekday())
    return first, first + timedelta(days=6)


def text(*rows, encoding="utf-8"):
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode(encoding)


@tagged("post_install", "-at_install")
class TestPeriods(BaseCase):
    @PATIENT
    @given(DAYS, st.sampled_from(MONTHS), st.sampled_from(("month", "period", "day")))
    def test_a_month_is_known_however_it_is_written(self, day, form, column):
        self.assertEqual(period_of({column: day.strftime(form)}), ("month", *month_around(day)))

    @PATIENT
    @given(DAYS, st.sampled_from(WEEKS), st.sampled_from(("week", "period")))
    def test_a_week_begins_on_monday_however_it_is_written(self, day, form, column):
        self.assertEqual(period_of({column: day.strftime(form)}), ("week", *week_around(day)))

    @PATIENT
    @given(DAYS, st.sampled_from(SINGLE))
    def test_a_day_is_itself_however_it_is_written(self, day, form):
        self.assertEqual(period_of({"day": day.strftime(form)}), ("day", day, day))

    @PATIENT
    @given(DAYS, st.sampled_from(SINGLE[:3]), st.sampled_from(("~", " 至 ", "到", " - ")))
    def test_first_and_last_day_are_a_week_or_a_month(self, day, form, sign):
        for kind, (first, last) in (("week", week_around(day)), ("month", month_around(day))):
            told = first.strftime(form) + sign + last.strftime(form)
            self.assertEqual(period_of({"period": told}), (kind, first, last))

    @PATIENT
    @given(DAYS)
    def test_a_date_stands_for_what_its_column_or_the_buyer_says(self, day):
        cell = datetime.combine(day, datetime.min.time())
        self.assertEqual(period_of({"month": cell}), ("month", *month_around(day)))
        self.assertEqual(period_of({"week": cell}), ("week", *week_around(day)))
        self.assertEqual(period_of({"day": cell}, "month"), ("month", *month_around(day)))
        self.assertEqual(period_of({"day": cell}, "week"), ("week", *week_around(day)))

    def test_year_and_month_may_stand_in_two_columns(self):
        for year, month in (("2025", "3"), (2025.0, 3.0), ("2025年", "3月"), ("2025年度", "03")):
            self.assertEqual(period_of({"year": year, "month": month})[:2], ("month", date(2025, 3, 1)))
        self.assertEqual(period_of({"year": 2025.0, "week": "第11周"})[:2], ("week", date(2025, 3, 10)))

    def test_numbers_of_a_spreadsheet_are_dates_too(self):
        self.assertEqual(period_of({"day": 45730.0}), ("day", date(2025, 3, 14), date(2025, 3, 14)))
        self.assertEqual(period_of({"month": 202503.0})[:2], ("month", date(2025, 3, 1)))

    def test_what_is_no_period_is_told(self):
        for cell in ("2025-13", "1999-12-31", 20251.0, "2025W54", "三月", "2025-03-01~2025-03-05", "2025-03-31~2025-03-01", 2025.1, "2025"):
            with self.assertRaises(CellProblem) as caught:
                period_of({"period": cell})
            self.assertEqual(caught.exception.code, "not_period")
        with self.assertRaises(CellProblem) as caught:
            period_of({"day": "", "month": " "})
        self.assertEqual(caught.exception.code, "no_period")


@tagged("post_install", "-at_install")
class TestSheets(BaseCase):
    def test_the_columns_of_each_system_are_found(self):
        for system, header in SYSTEMS.items():
            for encoding in ("utf-8", "utf-8-sig", "gbk", "utf-16"):
                raw = text((f"{system} 销售明细",), header, ("A-1", "口红", "小寨店", "2025-03-14", 3, "299.70"), encoding=encoding)
                (table,) = read("sales.csv", raw)
                (row,) = table.rows
                self.assertEqual((row.code, row.shop, row.first), ("A-1", "小寨店", date(2025, 3, 14)), system)
                self.assertEqual((row.number, row.units, row.amount, row.problem), (3, 3, Decimal("299.70"), None), system)

    def test_a_sheet_of_other_things_is_refused(self):
        for raw, code in (
            (text(("货号", "单价"), ("A", 1)), "unknown_format"),
            (text(("货号", "月份"), ("A", "2025-03")), "unknown_format"),
            (text(("货号", "月份", "数量")), "no_rows"),
            (b"\x89PNG\r\n", "kind"),
        ):
            with self.assertRaises(FileProblem) as caught:
                read("x.csv", raw)
            self.assertEqual(caught.exception.code, code)

    @PATIENT
    @given(st.lists(st.integers(-500, 5000), min_size=1, max_size=20), st.integers(-3, 3))
    def test_a_total_row_ties_or_the_file_is_refused(self, units, wrong):
        rows = [("货号", "月份", "数量"), *(("A", "2025-03", number) for number in units), ("合计", "", sum(units) + wrong)]
        if wrong:
            with self.assertRaises(FileProblem) as caught:
                read("x.csv", text(*rows))
            self.assertEqual((caught.exception.code, caught.exception.facts["found"]), ("total", str(sum(units))))
        else:
            (table,) = read("x.csv", text(*rows))
            self.assertEqual((table.units, len(table.rows)), (sum(units), len(units)))

    def test_a_header_that_comes_again_and_empty_lines_are_no_harm(self):
        (table,) = read("x.csv", text(("货号", "月份", "数量"), (), ("A", "2025-03", 1), ("", "", ""), ("B", "2025-03", 2)))
        self.assertEqual([(row.number, row.code) for row in table.rows], [(3, "A"), (5, "B")])

    def test_a_row_says_the_first_thing_that_is_wrong_with_it(self):
        rows = (("A", "gestern", 1, ""), ("A", "2025-03", "viele", ""), ("A", "2025-03", 1, "teuer"), ("A", "", 1, ""))
        (table,) = read("x.csv", text(("货号", "月份", "数量", "金额"), *rows))
        self.assertEqual([row.problem[0] for row in table.rows], ["not_period", "not_units", "not_money", "no_period"])

    def test_a_product_is_told_by_its_code_else_its_bar_code_else_its_name(self):
        rows = (("A", "690", "口红"), ("", "690", "口红"), ("", "", "口红"), ("", "", ""))
        (table,) = read("x.csv", text(("货号", "条码", "品名", "月份", "数量"), *((*row, "2025-03", 1) for row in rows)))
        self.assertEqual([row.told for row in table.rows], ["A", "690", "口红", ""])

    @PATIENT
    @given(st.binary(max_size=300))
    def test_whatever_the_bytes_only_a_file_problem_is_raised(self, raw):
        try:
            tables = read("x.csv", raw)
        except FileProblem:
            return
        self.assertTrue(all(table.rows for table in tables))

    @PATIENT
    @given(st.lists(st.lists(st.sampled_from(("A", "2025-03", "1", "-2", "合计", "", "x", "1e9", "2025W60")), max_size=4), max_size=8))
    def test_whatever_the_cells_each_row_is_read_or_told(self, rows):
        try:
            (table,) = read("x.csv", text(("货号", "月份", "数量"), *rows))
        except FileProblem as problem:
            self.assertIn(problem.code, ("no_rows", "total"))
            return
        for row in table.rows:
            self.assertTrue(row.problem or row.first <= row.last)

    def test_a_file_may_not_be_larger_than_what_a_request_can_judge(self):
        self.assertLessEqual(sales_history.LIMITS.rows, 100_000)
