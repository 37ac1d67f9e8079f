"""Reading the order files of each platform, with the odd ways they have."""

import doctest
import io
from datetime import datetime
from decimal import Decimal

import xlwt
from odoo.addons.cosmetics_base.tools import cell, file_problem
from odoo.addons.cosmetics_base.tools.sheet_reader import Limits
from odoo.tests import BaseCase, tagged

from ..tools import order_file, order_rows, platform_profiles, receiver, spread
from ..tools.order_file import build_orders, read_orders
from ..tools.order_rows import RawRow, read_rows
from . import order_files as files

TAOBAO = "2605171234567890123"
JD = "290011223344"
PDD = "260517-607198974342268"
DOUYIN = "6930123456789012345"


def codes(result):
    return sorted(problem.code for entry in result.rejected for problem in entry.problems)


def amounts(order):
    return [(line.sub_no, line.qty, str(line.amount)) for line in order.lines]


@tagged("post_install", "-at_install")
class TestOrderFileTools(BaseCase):
    def test_examples_hold(self):
        for module in (order_file, order_rows, platform_profiles, receiver, spread):
            with self.subTest(module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertEqual(result.failed, 0)

    def test_each_shipped_profile_knows_its_own_header_and_no_other(self):
        for key, header in files.HEADERS.items():
            expected = "taobao_lines" if key == "taobao_items" else key
            with self.subTest(key):
                profile, row = platform_profiles.recognise([["导出"], header])
                self.assertEqual((profile.key, row), (expected, 1))

    def test_every_column_of_the_shipped_profiles_leads_somewhere(self):
        for profile in platform_profiles.PROFILES:
            if profile.partner:
                self.assertEqual(platform_profiles.by_key(profile.partner).partner, profile.key)
            self.assertTrue(profile.statuses)


@tagged("post_install", "-at_install")
class TestOrderFile(BaseCase):
    def _read(self, key, *rows, **how):
        return read_orders([("文件", files.csv_bytes(files.table(key, rows), **how) if how else files.file_of(key, rows))])

    def test_the_samples_of_all_platforms_become_whole_orders(self):
        result = read_orders(files.samples().items())
        self.assertEqual(result.rejected + result.waiting, [])
        self.assertEqual({order.platform for order in result.orders}, {profile.platform for profile in platform_profiles.PROFILES})
        self.assertEqual((result.totals.orders, result.totals.file_sum), (8, Decimal("906.99")))
        self.assertTrue(result.totals.is_balanced)

    def test_an_archive_with_chinese_names_is_read_like_its_files(self):
        for is_gbk in (True, False):
            result = read_orders([("全部.zip", files.zip_bytes(files.samples(), gbk_names=is_gbk))])
            self.assertEqual((result.totals.orders, result.totals.file_sum), (8, Decimal("906.99")))
            self.assertIn("全部.zip/京东订单.csv", {row.file for order in result.orders for row in order.rows})

    def test_every_encoding_and_separator_gives_the_same_order(self):
        row = files.jd_line(JD, "KH01", 订单备注="请发,顺丰;谢谢")
        for encoding in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"):
            for delimiter in (",", "\t", ";"):
                with self.subTest(encoding=encoding, delimiter=delimiter):
                    order = self._read("jd", row, encoding=encoding, delimiter=delimiter).orders[0]
                    self.assertEqual((order.order_no, order.buyer_note, order.receiver), (JD, "请发,顺丰;谢谢", "李**"))

    def test_workbooks_old_and_new_give_the_same_order(self):
        lines = files.table("jd", [files.jd_line(JD, "KH01")])
        book = xlwt.Workbook()
        sheet = book.add_sheet("订单")
        for index, line in enumerate(lines):
            for column, text in enumerate(line):
                sheet.write(index, column, text)
        stream = io.BytesIO()
        book.save(stream)
        for name, raw in (("a.xls", stream.getvalue()), ("a.xlsx", files.xlsx_bytes({"订单": lines}))):
            order = read_orders([(name, raw)]).orders[0]
            self.assertEqual(
                (order.order_no, order.receivable, order.lines[0].source), (JD, Decimal("99.00"), (name, order.rows[0].sheet, 2))
            )

    def test_cells_merged_over_the_goods_of_an_order_count_for_each(self):
        lines = files.table("jd", [files.jd_line(JD, "KH01", total="148.00"), files.jd_line("", "KH02", price="49.00", total="148.00")])
        raw = files.xlsx_bytes({"订单": lines}, merges=[(1, lines[0].index("订单号"), 2, JD)])
        order = read_orders([("a.xlsx", raw)]).orders[0]
        self.assertEqual(amounts(order), [("KH01#1", 1, "99.00"), ("KH02#1", 1, "49.00")])

    def test_a_row_of_goods_alone_belongs_to_the_order_above_and_any_other_puts_it_in_doubt(self):
        first = files.jd_line(JD, "KH01", total="148.00")
        goods = {"货号": "KH02", "商品名称": "粉", "订购数量": "1", "京东价": "49.00"}
        self.assertEqual(len(self._read("jd", first, goods).orders[0].lines), 2)
        result = self._read("jd", first, goods | {"客户姓名": "李**"})
        self.assertEqual((result.orders, codes(result)), ([], ["no_order_no", "row_broken", "row_broken"]))

    def test_title_rows_are_skipped_and_the_footer_is_no_order(self):
        lines = [
            ["京东订单导出"],
            ["时间：2026-05-17"],
            *files.table("jd", [files.jd_line(JD, "KH01")]),
            ["合计：1笔", "", "99.00"],
            ["导出人：小王"],
        ]
        result = read_orders([("a.csv", files.csv_bytes(lines))])
        self.assertEqual((len(result.orders), result.rejected, result.orders[0].lines[0].source[2]), (1, [], 4))

    def test_times_are_chinese_in_the_file_and_utc_in_the_order(self):
        order = self._read("jd", files.jd_line(JD, "KH01", 付款确认时间="0001-01-01 00:00:00", 下单时间="2026-05-17 01:30:00")).orders[0]
        self.assertEqual((order.created_at, order.paid_at), (datetime(2026, 5, 16, 17, 30), None))  # noqa: DTZ001 - naive UTC is what Odoo stores

    def test_money_repeated_on_each_row_is_taken_once_and_shared_to_the_cent(self):
        rows = [files.jd_line(JD, f"KH0{index}", price="33.33", total="100.00") for index in range(3)]
        result = self._read("jd", *rows)
        self.assertEqual(amounts(result.orders[0]), [("KH00#1", 1, "33.34"), ("KH01#1", 1, "33.33"), ("KH02#1", 1, "33.33")])
        self.assertEqual(result.totals.file_sum, Decimal("100.00"))

    def test_repeated_money_that_differs_refuses_the_order(self):
        result = self._read("jd", files.jd_line(JD, "KH01", total="100.00"), files.jd_line(JD, "KH02", total="101.00"))
        self.assertEqual((result.orders, codes(result)), ([], ["amounts_differ"]))

    def test_freight_is_part_of_the_amount_and_of_no_line(self):
        result = read_orders(
            [
                ("a.csv", files.file_of("taobao_orders", [files.taobao_order(TAOBAO, "108.00", "8.00", 天猫卡券抵扣="5.00")])),
                ("b.csv", files.file_of("taobao_lines", [files.taobao_line(TAOBAO, "KH01")])),
            ]
        )
        order = result.orders[0]
        self.assertEqual((order.receivable, order.freight, amounts(order)), (Decimal("113.00"), Decimal("8.00"), [("KH01#1", 1, "105.00")]))

    def test_what_the_platform_bears_is_income_what_the_shop_bears_is_not(self):
        row = files.douyin_line(
            DOUYIN, "1", "KH01", paid="50.00", 平台实际承担优惠金额="6.00", 达人实际承担优惠金额="3.00", 商家实际承担优惠金额="2.00"
        )
        self.assertEqual(self._read("douyin", row).orders[0].receivable, Decimal("59.00"))

    def test_money_by_row_is_added_up(self):
        result = self._read("douyin", files.douyin_line(DOUYIN, "1", "A", paid="10.00"), files.douyin_line(DOUYIN, "2", "B", paid="5.00"))
        self.assertEqual(amounts(result.orders[0]), [("1", 1, "10.00"), ("2", 1, "5.00")])

    def test_goods_joined_in_one_cell_become_lines(self):
        row = files.douyin_line(
            DOUYIN, "77", "KH01;KH02", "1;2", "40.00;10.00", "60.00", 选购商品="口红;眉笔", 商品规格="颜色:正红;容量:3g;单支"
        )
        order = self._read("douyin", row).orders[0]
        self.assertEqual(
            [(line.sub_no, line.merchant_sku, line.title, line.qty, str(line.amount)) for line in order.lines],
            [("77-1", "KH01", "口红", 1, "40.00"), ("77-2", "KH02", "眉笔", 2, "20.00")],
        )
        self.assertEqual({line.spec for line in order.lines}, {"颜色:正红;容量:3g;单支"})

    def test_goods_and_counts_that_do_not_match_refuse_the_order(self):
        for sku, qty in (("KH01;KH02;KH03", "1;2"), ("KH01;KH02", "3")):
            result = self._read("douyin", files.douyin_line(DOUYIN, "77", sku, qty))
            self.assertEqual((result.orders, codes(result)), ([], ["joined_mismatch"]))

    def test_a_gift_costs_nothing_and_takes_no_share(self):
        number = "P700000000000000001"
        result = self._read(
            "xiaohongshu", files.xiaohongshu_line(number, "KH06"), files.xiaohongshu_line(number, "KH07", "2", 是否为赠品="是")
        )
        self.assertEqual(
            [(line.is_gift, line.qty, str(line.amount)) for line in result.orders[0].lines], [(False, 1, "79.00"), (True, 2, "0.00")]
        )

    def test_hidden_people_are_told_from_open_ones(self):
        for people, is_masked in (({}, True), ({"收件人": "王芳", "收件人手机号": "13912345678", "详细地址": "小寨东路1号"}, False)):
            order = self._read("douyin", files.douyin_line(DOUYIN, "1", "A", **people)).orders[0]
            self.assertIs(order.is_masked, is_masked)

    def test_states_of_the_platform_become_ours_and_an_unknown_one_warns(self):
        states = {
            "待发货": "paid",
            "未发货，退款成功": "refunded",
            "已发货，待签收": "shipped",
            "已签收": "done",
            "已取消": "cancelled",
            "待支付": "unpaid",
        }
        for text, state in states.items():
            self.assertEqual(self._read("pinduoduo", files.pinduoduo_order(PDD, "A", 订单状态=text)).orders[0].status, state)
        order = self._read("pinduoduo", files.pinduoduo_order(PDD, "A", 订单状态="火星上")).orders[0]
        self.assertEqual((order.status, order.status_text), (None, "火星上"))
        self.assertIn("unknown_status", {problem.code for problem in order.problems})

    def test_one_bad_cell_refuses_its_order_and_no_other(self):
        result = self._read(
            "jd",
            files.jd_line(JD, "KH01", total="10.00"),
            files.jd_line("290011223355", "KH01", total="20.00"),
            files.jd_line(JD, "KH02", "两", total="10.00"),
        )
        self.assertEqual([order.order_no for order in result.orders], ["290011223355"])
        self.assertEqual((codes(result), len(result.rejected[0].rows)), (["not_quantity"], 2))
        totals = result.totals
        self.assertEqual((totals.file_sum, totals.order_sum, totals.rejected_sum), (Decimal("30.00"), Decimal("20.00"), Decimal("10.00")))

    def test_a_row_that_was_mended_is_taken_over(self):
        result = self._read("jd", files.jd_line(JD, "KH01", "两"))
        row = result.rejected[0].rows[0]
        kept = RawRow(**row.to_dict())
        kept.cells = kept.cells | {"订购数量": "2"}
        self.assertEqual(build_orders([kept]).orders[0].lines[0].qty, 2)

    def test_numbers_that_excel_has_rounded_are_refused(self):
        for number in ("2.60517E+18", "1E+15"):
            self.assertEqual(codes(self._read("jd", files.jd_line(number, "A"))), ["rounded_number"])
        lines = files.table("taobao_orders", [files.taobao_order("1")])
        lines[1][0] = 2605171234567890123
        self.assertEqual(codes(read_orders([("a.xlsx", files.xlsx_bytes({"a": lines}))])), ["rounded_number"])

    def test_text_that_looks_like_a_formula_stays_text(self):
        text = "=cmd|' /C calc'!A0"
        order = self._read("jd", files.jd_line(JD, "A", 订单备注=text)).orders[0]
        self.assertEqual((order.buyer_note, cell.safe_cell(order.buyer_note)), (text, f"'{text}"))

    def test_missing_sub_orders_get_numbers_that_do_not_depend_on_the_order_of_rows(self):
        rows = [files.jd_line(JD, "KH01", price=price, total="60.00") for price in ("10.00", "20.00", "30.00")]
        self.assertEqual(amounts(self._read("jd", *rows).orders[0]), amounts(self._read("jd", *reversed(rows)).orders[0]))

    def test_the_same_sub_order_twice_in_a_file_is_refused(self):
        result = self._read("douyin", files.douyin_line(DOUYIN, "1", "A"), files.douyin_line(DOUYIN, "1", "A"))
        self.assertEqual(codes(result), ["duplicate_line"])


@tagged("post_install", "-at_install")
class TestOrderFileHalves(BaseCase):
    def setUp(self):
        super().setUp()
        self.orders = ("orders.csv", files.file_of("taobao_orders", [files.taobao_order(TAOBAO, 宝贝总数量="2")]))
        self.lines = ("lines.csv", files.file_of("taobao_lines", [files.taobao_line(TAOBAO, "KH01", "2")]))

    def test_orders_and_goods_meet_in_whatever_sequence(self):
        for drop in ([self.orders, self.lines], [self.lines, self.orders]):
            result = read_orders(drop)
            self.assertEqual((len(result.orders), result.waiting, result.rejected), (1, [], []))

    def test_a_half_waits_and_is_no_order(self):
        for half, code in ((self.orders, "waiting_for_lines"), (self.lines, "waiting_for_orders")):
            result = read_orders([half])
            self.assertEqual((result.orders, result.rejected), ([], []))
            self.assertEqual(result.waiting[0].problems[0].code, code)
            self.assertTrue(result.totals.is_balanced)

    def test_what_waited_is_completed_by_the_other_file_later(self):
        for first, second in ((self.orders, self.lines), (self.lines, self.orders)):
            kept = [row for entry in read_orders([first]).waiting for row in entry.rows]
            result = read_orders([second], waiting_rows=kept)
            self.assertEqual((len(result.orders), result.waiting), (1, []))

    def test_goods_that_are_not_all_there_refuse_the_order(self):
        short = ("lines.csv", files.file_of("taobao_lines", [files.taobao_line(TAOBAO, "KH01", "1")]))
        result = read_orders([self.orders, short])
        self.assertEqual((result.orders, codes(result)), ([], ["lines_incomplete"]))
        self.assertEqual(result.rejected[0].problems[0].facts, {"expected": 2, "found": 1})

    def test_the_same_file_twice_in_a_drop_is_one_order(self):
        result = read_orders([self.orders, self.lines, self.orders, self.lines])
        self.assertEqual((len(result.orders), len(result.orders[0].lines), result.totals.file_sum), (1, 1, Decimal("128.00")))

    def test_of_two_exports_the_later_knows_the_state(self):
        older = files.file_of("pinduoduo", [files.pinduoduo_order(PDD, "A")])
        newer = files.file_of("pinduoduo", [files.pinduoduo_order(PDD, "A", 订单状态="已发货，待签收", 快递单号="YT1234567890123")])
        order = read_orders([("1.csv", older), ("2.csv", newer)]).orders[0]
        self.assertEqual((order.status, order.tracking_no, order.receivable), ("shipped", "YT1234567890123", Decimal("99.00")))


@tagged("post_install", "-at_install")
class TestOrderFileProblems(BaseCase):
    def problem(self, raw, name="a.csv", **limits):
        reading = read_rows([(name, raw)], limits=Limits(**limits))[0][0]
        return reading.problem and reading.problem.code

    def test_what_is_no_table_is_named(self):
        for raw, code in (
            (b"", "empty"),
            (b"\0\0\n", "empty"),
            (b"%PDF-1.7", "kind"),
            (b"Rar!\x1a\x07", "kind"),
            (b"<html><table>", "html"),
            (bytes(range(128, 256)) * 9, "encoding"),
            (b"PK\x03\x04 torn", "broken"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, "broken"),
            (b"name,phone\n1,2\n", "unknown_format"),
        ):
            with self.subTest(raw[:12]):
                self.assertEqual(self.problem(raw), code)

    def test_limits_hold(self):
        table = files.table("jd", [files.jd_line(str(JD), "A")] * 300)
        raw = files.csv_bytes(table)
        self.assertIsNone(self.problem(raw))
        self.assertEqual(self.problem(raw, file_bytes=1000), "too_big")
        self.assertEqual(self.problem(raw, rows=100), "too_many_rows")
        self.assertEqual(self.problem(files.xlsx_bytes({"a": table}), rows=100), "too_many_rows")
        self.assertEqual(self.problem(files.xlsx_bytes({"a": table}), columns=10), "too_wide")
        self.assertEqual(self.problem(files.zip_bytes({"a.csv": raw, "b.csv": raw}), members=1), "zip_members")

    def test_archives_in_archives_are_refused_and_crafted_names_lead_nowhere(self):
        raw = files.csv_bytes(files.table("jd", [files.jd_line(JD, "A")]))
        self.assertEqual(self.problem(files.zip_bytes({"a.zip": files.zip_bytes({"a.csv": raw})})), "zip_nested")
        self.assertIsNone(self.problem(files.zip_bytes({"../../../etc/a.csv": raw})))

    def test_a_missing_column_is_named(self):
        header = [name for name in files.HEADERS["jd"] if name != "京东价"]
        problem = read_rows([("a.csv", files.csv_bytes([header]))])[0][0].problem
        self.assertEqual((problem.facts["nearest"], problem.facts["missing"]), ("jd", ["京东价"]))

    def test_a_bad_file_stops_no_other(self):
        good = files.csv_bytes(files.table("jd", [files.jd_line(JD, "A")]))
        result = read_orders([("bad.csv", b"\xff" * 99), ("good.csv", good)])
        self.assertEqual(([bool(reading.problem) for reading in result.files], len(result.orders)), ([True, False], 1))

    def test_an_order_whose_other_row_was_swallowed_by_a_quote_is_refused(self):
        other = "290011223355"
        rows = [
            files.jd_line(other, "A", total="9.00"),
            files.jd_line("290011223366", "B"),
            files.jd_line(JD, "C"),
            files.jd_line(other, "D"),
        ]
        text = files.csv_bytes(files.table("jd", rows), "utf-8", end="\n").decode()
        lines = text.splitlines()
        lines[3] = lines[3].replace("雪肌", '"雪肌')
        result = read_orders([("a.csv", ("\n".join(lines) + "\n").encode())])
        self.assertEqual(result.orders, [])

    def test_a_profile_that_cannot_be_used_says_why(self):
        data = dict(platform_profiles.PROFILE_DATA[0])
        for change, reason in (
            ({"kind": "x"}, "kind"),
            ({"columns": {"order_no": ["a"], "colour": ["b"]}}, "field"),
            ({"columns": {"status": ["a"]}}, "column"),
            ({"key_pattern": "("}, "key_pattern"),
            ({"statuses": {"a": "b"}}, "state"),
            ({"order_level": ["qty"]}, "order_level"),
        ):
            with self.subTest(reason), self.assertRaises(file_problem.FileProblem) as caught:
                platform_profiles.profile_from_dict(data | change)
            self.assertEqual(caught.exception.facts["reason"], reason)
