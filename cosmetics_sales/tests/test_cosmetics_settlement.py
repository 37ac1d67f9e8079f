"""Payout files against orders: totals, matches, differences, who may do what."""

import doctest

from odoo.addons.cosmetics_base.tools.file_problem import FileProblem
from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged

from ..tools import bill_alipay, bill_wechat, settlement_file, settlement_line, settlement_platform
from .common_settlement import SettlementCommon
from .settlement_files import douyin

ALIPAY_HEAD = (
    "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注\n"
)


@tagged("post_install", "-at_install")
class TestSettlementFile(BaseCase):
    def test_examples_hold(self):
        for module in (settlement_line, settlement_platform, settlement_file, bill_wechat, bill_alipay):
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 0, module.__name__)
            self.assertEqual(result.failed, 0, module.__name__)

    def test_douyin_row_is_split_and_sums_up(self):
        found = settlement_file.read(douyin((1, "69001", 100, 0, -5), (2, "69001", 0, -20, 1)))[0]
        self.assertEqual(
            [(line.kind, float(line.amount)) for line in found.lines], [("sale", 100), ("fee", -5), ("refund", -20), ("fee", 1)]
        )
        self.assertEqual(float(found.total), 76)

    def test_same_flow_twice_in_a_file_counts_once(self):
        found = settlement_file.read(douyin((1, "69001", 100, 0, -5), (1, "69001", 100, 0, -5)))[0]
        self.assertEqual((float(found.total), found.repeated), (95, 2))

    def test_alipay_ledger_of_taobao_is_linked_and_checked(self):
        found = settlement_file.read(self._alipay("#收入合计：1笔，共100.00元\n"))[0]
        self.assertEqual(found.lines[0].order_ref, "2605171234567890123")
        self.assertEqual(
            {kind: float(amount) for kind, amount in found.totals.items() if amount}, {"sale": 100, "fee": -5.5, "payout": -90}
        )
        with self.assertRaises(FileProblem) as caught:
            settlement_file.read(self._alipay("#收入合计：1笔，共101.00元\n"))
        self.assertEqual(caught.exception.code, "totals_differ")

    def test_alipay_ledger_cut_off_is_refused(self):
        cut = self._alipay("").decode("gbk").split("#-----账务明细列表结束")[0].encode("gbk")
        with self.assertRaises(FileProblem) as caught:
            settlement_file.read(cut)
        self.assertEqual(caught.exception.code, "no_footer")

    def test_wechat_refund_gives_money_and_fee_back(self):
        head = "交易时间,微信订单号,商户订单号,交易状态,应结订单金额,微信退款单号,退款金额,退款状态,商品名称,手续费\n"
        body = "`2026-05-17 10:00:00,`4200,`E1,`SUCCESS,`100.00,`0,`0.00,`,`口红,正红,`0.60000\n"
        body += "`2026-05-18 10:00:00,`4200,`E1,`REFUND,`0.00,`5000,`30.00,`SUCCESS,`口红,正红,`-0.18000\n"
        foot = "总交易单数,应结订单总金额,退款总金额,手续费总金额\n`2,`100.00,`30.00,`0.42000\n"
        found = settlement_file.read((head + body + foot).encode())[0]
        self.assertEqual(
            {kind: float(amount) for kind, amount in found.totals.items() if amount}, {"sale": 100, "refund": -30, "fee": -0.42}
        )
        with self.assertRaises(FileProblem):
            settlement_file.read((head + body).encode())

    def _alipay(self, income):
        rows = "A1\t,B1\t,T200P2605171234567890123\t,口红\t,2026-05-17 10:00:00\t,x\t,100.00\t,\t,100.00\t,支付宝\t,在线支付\t,\t\n"
        rows += "A2\t,B1\t,T200P2605171234567890123\t,\t,2026-05-17 10:00:01\t,x\t,\t,-5.50\t,94.50\t,支付宝\t,收费\t,服务费\t\n"
        rows += "A3\t,B2\t,\t,\t,2026-05-18 10:00:00\t,x\t,\t,-90.00\t,4.50\t,支付宝\t,提现\t,\t\n"
        text = "#支付宝账务明细查询\n#账号：[2088]\n#-----账务明细列表-----\n" + ALIPAY_HEAD + rows
        return (text + "#-----账务明细列表结束-----\n#支出合计：2笔，共-95.50元\n" + income).encode("gbk")


@tagged("post_install", "-at_install")
class TestCosmeticsSettlement(SettlementCommon):
    def test_order_paid_as_expected_is_settled(self):
        settlement = self._settle(douyin((1, "69001", 100, 0, -5)))
        self.assertRecordValues(
            settlement, [{"state": "matched", "sale_total": 100, "fee_total": -5, "file_total": 95, "file_difference": 0, "open_count": 0}]
        )
        self.assertEqual((settlement.match_ids.order_id, settlement.match_ids.difference), (self.order, 0))
        settlement.action_confirm()
        self.assertEqual(self.order.settlement_state, "settled")
        self.assertEqual(len(self.env["cosmetics.order.event"].search([("order_id", "=", self.order.id), ("kind", "=", "settled")])), 1)

    def test_same_file_again_is_refused_in_a_sentence_that_says_where_it_is(self):
        data = douyin((1, "69001", 100, 0, -5))
        again = self._prepare(data)  # attached before the first was read
        first = self._settle(data)
        with self.assertRaisesRegex(UserError, f"read already, see “{first.name}”"), self.env.cr.savepoint():
            again.action_read()
        self.assertRecordValues(again, [{"state": "draft", "line_count": 0, "file_total": 0}])

    def test_each_difference_gets_its_suggestion(self):
        cases = (
            (100, 0, -8, "fee"),
            (60, 0, -5, "pending"),
            (100, -20, -5, "refund"),
            (100, 0, -5.03, "rounding"),
            (200, 0, -5, "duplicate"),
        )
        for number, (gross, refund, fee, code) in enumerate(cases):
            order = self.order.copy({"channel_order_ref": f"7{number}", "channel_amount_receivable": 100, "channel_amount_paid": 100})
            order.channel_id = self.channel
            match = self._settle(douyin((100 + number, f"7{number}", gross, refund, fee))).match_ids
            self.assertEqual((match.order_id, match.suggestion), (order, code))
            self.assertEqual(order.settlement_state, "partial" if code == "pending" else "difference")

    def test_unknown_order_stays_open_until_explained(self):
        settlement = self._settle(douyin((1, "69009", 100, 0, -5)))
        self.assertEqual((settlement.open_count, settlement.match_ids.suggestion), (1, "unknown"))
        with self.assertRaisesRegex(UserError, "not explained"):
            settlement.action_confirm()
        with self.assertRaisesRegex(UserError, "not explained"):
            settlement.write({"state": "confirmed"})
        settlement.action_accept_suggestions()
        settlement.action_confirm()
        self.assertEqual(settlement.state, "confirmed")
        self.assertFalse(settlement.line_ids.order_id)

    def test_confirmed_settlement_stays_and_is_reopened_with_a_reason(self):
        settlement = self._settle(douyin((1, "69001", 100, 0, -5)))
        settlement.action_confirm()
        for change in (
            lambda: settlement.write({"channel_id": self.env.ref("cosmetics_sales.channel_wholesale").id}),
            lambda: settlement.line_ids[0].write({"amount": 1}),
            lambda: settlement.line_ids[0].unlink(),
            lambda: settlement.match_ids.write({"difference": 1}),
            settlement.unlink,
        ):
            with self.assertRaises(UserError):
                change()
        with self.assertRaises(AccessError):
            settlement.write({"state": "matched", "reopen_reason": "Mine"})
        with self.assertRaisesRegex(UserError, "Say why"):
            settlement.with_user(self.accountant).write({"state": "matched"})
        settlement.with_user(self.accountant).write({"state": "matched", "reopen_reason": "Wrong month"})
        self.assertEqual(settlement.state, "matched")
        settlement.action_confirm()
        settlement.with_user(self.reviewer).write({"state": "matched", "reopen_reason": "Once more"})
        self.assertEqual(settlement.state, "matched")

    def test_entries_for_finance_hold_every_amount(self):
        settlement = self._settle(douyin((1, "69001", 100, 0, -5)))
        self.assertFalse(settlement._prepare_settlement_entries())
        settlement.action_confirm()
        entry = settlement._prepare_settlement_entries()[0]
        for kind, amount in entry["amounts"].items():
            self.assertEqual(sum(part["amount"] for part in entry["orders"] if part["kind"] == kind), amount)

    def test_file_that_is_none_is_told_in_a_sentence(self):
        with self.assertRaisesRegex(UserError, "no payout file"):
            self._settle(b"a,b\n1,2\n")

    def test_salesperson_sees_no_settlement(self):
        with self.assertRaises(AccessError):
            self._settle(douyin((1, "69001", 100, 0, -5)), user=self.salesperson)
        own = self._create_order(self.product)
        self.assertEqual(own.settlement_state, "none")
        with self.assertRaises(AccessError):
            own.settlement_match_ids.mapped("difference")

    def test_accountant_reads_files_and_clerk_finds_the_menu(self):
        settlement = self._settle(douyin((1, "69001", 100, 0, -5)), user=self.accountant)
        self.assertEqual(settlement.sale_total, 100)
        menus = self.env["ir.ui.menu"].with_user(self.ecommerce_clerk)._visible_menu_ids()
        for xmlid in ("menu_root", "menu_orders", "cosmetics_settlement_menu"):
            self.assertIn(self.env.ref(f"cosmetics_sales.{xmlid}").id, menus)
