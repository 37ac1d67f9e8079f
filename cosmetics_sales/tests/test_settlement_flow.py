"""A payout file from its upload to the books: what is read once, what is told, what closes."""

import io
import zipfile
from decimal import Decimal

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_settlement import SettlementCommon
from .settlement_files import alipay, douyin, pinduoduo, wechat


def packed(*files):
    """The files in one archive, as a platform packs a month of days."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number, data in enumerate(files):
            archive.writestr(f"{number}.csv", data)
    return target.getvalue()


@tagged("post_install", "-at_install")
class TestSettlementReading(SettlementCommon):
    def test_bill_of_wechat_pay_finds_its_order_fee_and_refund(self):
        channel = self._create_channel("TESTWX", percent=0.6, platform="wechat")
        self._create_sale("E1", channel=channel)
        settlement = self._settle(wechat(("4200", "E1", 100, 0, Decimal("0.60")), ("4200", "E1", 0, 30, Decimal("-0.18"))), channel=channel)
        match = settlement.match_ids
        self.assertRecordValues(settlement, [{"sale_total": 100, "refund_total": -30, "fee_total": -0.42, "file_total": 69.58}])
        self.assertRecordValues(match, [{"received_sale": 100, "received_refund": -30, "suggestion": "refund"}])

    def test_bill_of_alipay_finds_the_order_of_taobao_and_a_payout_belongs_to_none(self):
        channel = self._create_channel("TESTTB", platform="taobao")
        order = self._create_sale("2605171234567890", channel=channel)
        rows = (("A1", "T200P2605171234567890", Decimal("100.00"), "在线支付"), ("A2", "T200P2605171234567890", Decimal("-5.00"), "收费"))
        settlement = self._settle(alipay(*rows, ("A3", "", Decimal("-80.00"), "提现")), channel=channel)
        self.assertRecordValues(settlement.match_ids, [{"order_id": order.id, "difference": 0}])
        self.assertRecordValues(settlement, [{"payout_total": -80, "file_total": 15, "open_count": 0, "line_count": 3}])

    def test_file_that_overlaps_brings_only_what_is_new(self):
        self._create_sale("69002")
        self._settle(douyin((1, "69001", 100, 0, -5)))
        longer = self._settle(douyin((1, "69001", 100, 0, -5), (2, "69002", 100, 0, -5)))
        self.assertRecordValues(longer, [{"line_count": 2, "file_total": 190, "repeated_total": 95, "file_difference": 0}])
        self.assertEqual(longer.match_ids.mapped("order_ref"), ["69002"])

    def test_archive_of_days_brings_the_day_that_is_new(self):
        self._create_sale("69002")
        monday, tuesday = douyin((1, "69001", 100, 0, -5)), douyin((2, "69002", 100, 0, -5))
        self._settle(monday)
        week = self._settle(packed(monday, tuesday))
        self.assertRecordValues(week, [{"line_count": 2, "repeated_total": 95, "file_difference": 0}])

    def test_two_copies_of_a_file_in_one_settlement_are_refused(self):
        data = douyin((1, "69001", 100, 0, -5))
        settlement = self._prepare(data, data)
        with self.assertRaisesRegex(UserError, "1.csv was read already"), self.env.cr.savepoint():
            settlement.action_read()
        self.assertFalse(settlement.line_ids)

    def test_file_read_with_another_name_and_encoding_is_known_by_its_movements(self):
        rows = (("E1", Decimal("100.00"), "交易收入"), ("E1", Decimal("-5.00"), "技术服务费"))
        self._settle(pinduoduo(*rows))
        with self.assertRaisesRegex(UserError, "read already"):
            self._settle(pinduoduo(*rows).decode("gbk").encode())

    def test_two_same_movements_without_a_number_both_count(self):
        settlement = self._settle(pinduoduo(("E1", Decimal("9.90"), "交易收入"), ("E1", Decimal("9.90"), "交易收入")))
        self.assertRecordValues(settlement, [{"sale_total": 19.8, "line_count": 2, "file_difference": 0}])

    def test_second_click_reads_nothing_twice(self):
        settlement = self._prepare(douyin((1, "69001", 100, 0, -5)))
        settlement.action_read()
        settlement.action_read()
        self.assertRecordValues(settlement, [{"line_count": 2, "file_total": 95, "file_difference": 0}])
        self.assertEqual(len(settlement.match_ids), 1)

    def test_a_deleted_draft_gives_its_file_free(self):
        data = douyin((1, "69001", 100, 0, -5))
        self._settle(data).unlink()
        self.assertEqual(self._settle(data).line_count, 2)

    def test_without_a_file_there_is_nothing_to_read(self):
        with self.assertRaisesRegex(UserError, "Add the payout file first"):
            self._prepare().action_read()

    def test_bill_of_a_day_without_a_movement_cannot_be_confirmed(self):
        settlement = self._settle(douyin())
        self.assertEqual((settlement.state, settlement.line_count), ("matched", 0))
        with self.assertRaisesRegex(UserError, "has no lines"):
            settlement.action_confirm()

    def test_days_of_the_settlement_are_days_in_china(self):
        late = douyin((1, "69001", 100, 0, -5)).decode().replace("10:00:00", "00:30:00").encode()
        settlement = self._settle(late)
        self.assertEqual((str(settlement.date_from), str(settlement.line_ids[0].at)), ("2026-05-17", "2026-05-16 16:30:00"))
        self.assertEqual(settlement.name, "Shop TESTDY 2026-05-17")

    def test_same_money_of_a_taobao_shop_is_not_read_from_two_kinds_of_file(self):
        channel = self._create_channel("TESTTB2", platform="taobao")
        self._settle(alipay(("A1", "T200P2605171234567890", Decimal("100.00"), "在线支付")), channel=channel)
        head = "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,商家实收（元）,服务费（元）\n"
        row = "2026\t,T200P2605171234567890\t,交易\t,口红\t,2026-05-17 10:00:00\t,2026-05-17 10:00:00\t,100.00\t,-0.60\t\n"
        foot = "#-----业务明细列表结束-----\n#交易合计：1笔，商家实收共100.00元，商家优惠共0.00元\n"
        detail = ("#支付宝业务明细查询\n" + head + row + foot).encode("gbk")
        with self.assertRaisesRegex(UserError, "Keep to one kind of file"):
            self._settle(detail, channel=channel)


@tagged("post_install", "-at_install")
class TestSettlementDifference(SettlementCommon):
    def test_rest_that_comes_later_settles_the_order(self):
        first = self._settle(douyin((1, "69001", 60, 0, -3)))
        self.assertEqual((first.match_ids.suggestion, self.order.settlement_state), ("pending", "partial"))
        second = self._settle(douyin((2, "69001", 40, 0, -2)))
        self.assertEqual((second.match_ids.difference, self.order.settlement_state), (0, "settled"))

    def test_refund_known_from_an_after_sale_is_no_difference_and_takes_its_share_of_the_fee_back(self):
        case = self._create_refund(20)
        settlement = self._settle(douyin((1, "69001", 100, 0, -5), (2, "69001", 0, -20, 1)))
        self.assertRecordValues(settlement.match_ids, [{"expected_refund": 20, "expected_fee": 4, "difference": 0}])
        self.assertFalse(settlement.match_ids.difference_sentence)
        self.assertEqual(case.state, "done")

    def test_refund_that_only_we_know_of_is_a_difference(self):
        self._create_refund(20)
        match = self._settle(douyin((1, "69001", 100, 0, -5))).match_ids
        self.assertEqual(
            (match.difference, match.difference_sentence), (19, "0.00 given back, 20.00 by the after-sales\nfees 5.00, by the rules 4.00")
        )

    def _create_refund(self, amount):
        self.order.action_confirm()
        case = self.env["cosmetics.aftersale"].create(
            {
                "order_id": self.order.id,
                "kind": "refund",
                "reason_id": self.env.ref("cosmetics_sales.aftersale_reason_mind").id,
                "line_ids": [Command.create({"order_line_id": self.order.order_line.id, "quantity": 1, "amount": amount})],
            }
        )
        case.action_approve()
        case.action_refund()
        return case

    def test_sentence_names_each_side_that_differs(self):
        cases = (
            ((100, 0, -8), "fees 8.00, by the rules 5.00"),
            ((60, 0, -5), "60.00 came in, 100.00 is due"),
            ((100, -20, -5), "20.00 given back, 0.00 by the after-sales"),
            ((60, 0, -3), "60.00 came in, 100.00 is due\nfees 3.00, by the rules 5.00"),
            ((100, 0, -5), False),
        )
        for number, (amounts, sentence) in enumerate(cases):
            self._create_sale(f"8{number}")
            match = self._settle(douyin((200 + number, f"8{number}", *amounts))).match_ids
            self.assertEqual(match.difference_sentence, sentence)
            gaps = [came - due for _kind, came, due in match._get_difference_parts()]
            self.assertAlmostEqual(sum(gaps), match.difference, 2)
            self.assertAlmostEqual(match.received_total - match.expected_total, match.difference, 2)

    def test_unknown_number_is_told_and_finds_its_order_once_that_is_imported(self):
        settlement = self._settle(douyin((1, "69077", 100, 0, -5)))
        self.assertEqual(settlement.match_ids.difference_sentence, "No order of this shop has this number.")
        order = self._create_sale("69077")
        settlement.action_match()
        self.assertRecordValues(settlement.match_ids, [{"order_id": order.id, "difference": 0, "suggestion": False}])
        self.assertEqual(settlement.line_ids.order_id, order)

    def test_own_number_in_a_bill_finds_the_order_too(self):
        settlement = self._settle(wechat(("4201", self.order.name, 100, 0, Decimal("5.00"))))
        self.assertRecordValues(settlement.match_ids, [{"order_id": self.order.id, "difference": 0}])

    def test_order_of_another_shop_is_not_taken(self):
        self._create_sale("69088", channel=self._create_channel("TESTDY2"))
        self.assertFalse(self._settle(douyin((1, "69088", 100, 0, -5))).match_ids.order_id)

    def test_matching_again_keeps_what_the_clerk_found_out(self):
        settlement = self._settle(douyin((1, "69001", 100, 0, -8)))
        settlement.match_ids.write({"explanation": "other", "note": "Campaign"})
        settlement.action_match()
        self.assertRecordValues(settlement.match_ids, [{"explanation": "other", "note": "Campaign", "difference": -3}])
        settlement.action_accept_suggestions()
        self.assertEqual(settlement.match_ids.explanation, "other")

    def test_explained_difference_settles_the_order_when_it_is_confirmed(self):
        settlement = self._settle(douyin((1, "69001", 100, 0, -8)))
        self.assertEqual(self.order.settlement_state, "difference")
        settlement.action_accept_suggestions()
        settlement.action_confirm()
        self.assertEqual((settlement.match_ids.explanation, self.order.settlement_state), ("fee", "settled"))

    def test_order_shows_its_movements(self):
        settlement = self._settle(douyin((1, "69001", 100, 0, -5)))
        action = self.order.with_user(self.ecommerce_clerk).action_open_settlement()
        self.assertEqual(self.env["cosmetics.settlement.line"].search(action["domain"]), settlement.line_ids)
        self.assertEqual(self.env["cosmetics.settlement.line"].search(settlement.action_open_lines()["domain"]), settlement.line_ids)

    def test_reopened_settlement_takes_another_file(self):
        self._create_sale("69002")
        settlement = self._settle(douyin((1, "69001", 100, 0, -5)))
        settlement.action_confirm()
        with self.assertRaisesRegex(UserError, "confirmed and stays"):
            settlement.action_read()
        kept = settlement.with_user(self.accountant)
        kept.reopen_reason = "A day was missing"
        kept.action_reopen()
        upload = (
            self.env["ir.attachment"].with_user(self.ecommerce_clerk).create({"name": "x.csv", "raw": douyin((2, "69002", 100, 0, -5))})
        )
        settlement.attachment_ids += upload
        settlement.action_read()
        settlement.action_confirm()
        self.assertRecordValues(settlement, [{"state": "confirmed", "sale_total": 200, "file_difference": 0, "reopen_reason": False}])
        entry = settlement._prepare_settlement_entries()[0]
        self.assertEqual(sum(part["amount"] for part in entry["orders"]), settlement.file_total)
