"""What banks write around their movements is understood in the many ways they write it."""

from decimal import Decimal

from odoo.tests import BaseCase, tagged

from ..tools import told
from ..tools.bank_row import BankRow
from ..tools.profile import Profile, find_layout


def row(amount):
    """Return a movement of this amount."""
    return BankRow(1, None, None, Decimal(amount))


@tagged("post_install", "-at_install")
class TestTold(BaseCase):
    def test_totals_are_found_in_each_wording(self):
        cases = (
            ([["借方合计：1,234.50"]], {"out": "1234.50"}),
            ([["借方发生额合计", "1,234.50"]], {"out": "1234.50"}),
            ([["支出总额:¥12.00", "收入总额:¥3.50"]], {"out": "12.00", "in": "3.50"}),
            ([["总支出金额：12.00"]], {}),
            ([["转出合计", "", "7.00", "转入合计", "", "8.00"]], {"out": "7.00", "in": "8.00"}),
            ([["贷方累计发生额：99.00"]], {"in": "99.00"}),
            ([["支出合计：2笔，共10.00元", "收入合计：1笔，共5.00元"]], {"out": "10.00", "in": "5.00"}),
            ([["期初余额：100.00"], ["期末余额：-20.00"]], {"opening": "100.00", "closing": "-20.00"}),
            ([["上期余额", "100.00"]], {"opening": "100.00"}),
            ([["当前余额：55.00"]], {}),
            ([["备注：本明细仅供参考"]], {}),
        )
        for rows, expected in cases:
            with self.subTest(rows):
                self.assertEqual(told.read_told(rows), {name: Decimal(value) for name, value in expected.items()})

    def test_counts_are_found(self):
        cases = (
            ([["借方笔数：12", "贷方笔数：3"]], {"out_count": 12, "in_count": 3}),
            ([["收入笔数", "4", "支出笔数", "5"]], {"in_count": 4, "out_count": 5}),
            ([["总笔数：9"]], {}),
        )
        for rows, expected in cases:
            with self.subTest(rows):
                self.assertEqual(told.read_told(rows), expected)

    def test_a_row_of_totals_stands_under_its_columns(self):
        profile = Profile("x", frozenset(), {"date": ["日期"], "out": ["支出"], "in": ["收入"], "memo": ["摘要"]})
        layout = find_layout(["日期", "支出", "收入", "摘要"], [profile])
        cases = (
            (["合计", "10.00", "5.00"], {"out": "10.00", "in": "5.00"}),
            (["总计:", "10.00"], {"out": "10.00"}),
            (["本页合计", "1.00", "2.00"], {}),
            (["小计", "1.00", "2.00"], {}),
            (["合计", "两笔", ""], {}),
        )
        for cells, expected in cases:
            with self.subTest(cells):
                self.assertEqual(told.read_total_row(cells, layout), {name: Decimal(value) for name, value in expected.items()})
        negative = find_layout(["日期", "支出", "收入"], [profile._replace(out_negative=True)])
        self.assertEqual(told.read_total_row(["合计", "-10.00"], negative), {"out": Decimal("10.00")})

    def test_own_accounts_are_found_in_each_wording(self):
        cases = {
            "账号：6100000012345678": {"6100000012345678"},
            "帐号 6100 0000 1234 5678": {"6100000012345678"},
            "卡号:6222****1234": {"6222****1234"},
            "账号: [6100-0000-1234]": {"610000001234"},
            "户名：西安": set(),
        }
        for text, expected in cases.items():
            with self.subTest(text):
                self.assertEqual(told.own_accounts([[text]]), expected)

    def test_remarks_are_told_from_broken_movements(self):
        for cells in (["合计", "1.00"], ["以上数据仅供参考"], ["第1页", "共2页"], ["打印时间", "2026-08-01"], ["注：本单无印章"]):
            with self.subTest(cells):
                self.assertTrue(told.is_note(cells))
        for cells in (["2026-13-01", "1.00"], ["昨天", "5.00"], ["1.00"]):
            with self.subTest(cells):
                self.assertFalse(told.is_note(cells))

    def test_each_difference_is_named_with_both_figures(self):
        rows = [row("5.00"), row("-2.00"), row("-1.00")]
        right = {"in": Decimal(5), "out": Decimal(3), "in_count": 1, "out_count": 2, "opening": Decimal(0), "closing": Decimal(2)}
        self.assertEqual(told.differences(right, rows, Decimal(0), Decimal(2)), [])
        for what in right:
            with self.subTest(what):
                wrong = {**right, what: right[what] + 1}
                self.assertEqual(told.differences(wrong, rows, Decimal(0), Decimal(2)), [(what, right[what] + 1, right[what])])

    def test_balances_that_are_told_alone_are_checked_against_each_other(self):
        rows = [row("5.00"), row("-2.00")]
        self.assertEqual(told.differences({"opening": Decimal(10), "closing": Decimal(13)}, rows, None, None), [])
        found = told.differences({"opening": Decimal(10), "closing": Decimal(14)}, rows, None, None)
        self.assertEqual(found, [("closing", 14, 13)])
        self.assertEqual(told.differences({"opening": Decimal(10)}, rows, None, None), [])
