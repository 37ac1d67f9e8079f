"""What the law and the till of a shop demand of an after-sale, gate by gate."""

from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common_aftersale import AftersaleCommon

GIFT = {"price_unit": 0.0, "is_gift": True}


@tagged("post_install", "-at_install")
class TestAftersaleGoods(AftersaleCommon):
    def test_units_of_a_dropped_case_are_free_again(self):
        order = self._create_sold((self.mirror, 2))
        for end in ("action_cancel", "action_refuse"):
            case = self._create_aftersale(order, (order.order_line, 2), close_reason="Used up")
            case.action_approve()
            with self.assertRaisesRegex(ValidationError, "would come back"), self.env.cr.savepoint():
                self._create_aftersale(order, (order.order_line, 1))
            getattr(case, end)()
            self.assertFalse(case.sudo().picking_ids.filtered(lambda picking: picking.state != "cancel"))
        self.assertEqual(self._create_aftersale(order, (order.order_line, 2)).refund_amount, 100)

    def test_case_that_was_opened_again_still_holds_its_units(self):
        order = self._create_sold((self.mirror, 2))
        case = self._create_aftersale(order, (order.order_line, 2))
        case.action_approve()
        case.action_draft()
        with self.assertRaisesRegex(ValidationError, "would come back"), self.env.cr.savepoint():
            self._create_aftersale(order, (order.order_line, 1))
        case.line_ids.quantity = 1
        other = self._create_aftersale(order, (order.order_line, 1))
        with self.assertRaisesRegex(ValidationError, "would come back"), self.env.cr.savepoint():
            case.line_ids.quantity = 2
        (case + other).action_approve()
        self.assertEqual(sum((case + other).sudo().picking_ids.filtered(lambda p: p.state != "cancel").move_ids.mapped("product_qty")), 2)

    def test_ended_case_takes_no_step_any_more(self):
        order = self._create_sold((self.mirror, 1))
        case = self._create_aftersale(order, (order.order_line, 1))
        case.action_cancel()
        for name in ("action_approve", "action_draft", "action_refuse", "action_cancel", "action_refund", "action_send"):
            with self.subTest(name=name), self.assertRaises(UserError), self.env.cr.savepoint():
                getattr(case, name)()
        for name in ("action_receive", "action_receive_all", "action_inspect"):
            with self.subTest(name=name), self.assertRaises(UserError), self.env.cr.savepoint():
                getattr(case.with_user(self.keeper), name)()

    def test_a_second_click_refunds_and_sends_once(self):
        order = self._create_sold((self.mirror, 2))
        back = self._create_aftersale(order, (order.order_line, 1))
        self._bring_back(back)
        back.action_refund()
        with self.assertRaisesRegex(UserError, "not due"):
            back.action_refund()
        self.assertEqual(len(back.sudo().credit_note_ids), 1)
        swap = self._create_aftersale(order, (order.order_line, 1), kind="exchange")
        self._bring_back(swap)
        swap.action_send()
        with self.assertRaisesRegex(UserError, "not due"):
            swap.action_send()
        self.assertEqual(len(swap.replacement_ids), 1)

    def test_money_is_out_only_after_the_inspection(self):
        order = self._create_sold((self.mirror, 1))
        case = self._create_aftersale(order, (order.order_line, 1))
        for state in ("draft", "waiting", "received"):
            self.assertEqual(case.state, state)
            with self.assertRaisesRegex(UserError, "not due"):
                case.action_refund()
            if state == "draft":
                case.action_approve()
            elif state == "waiting":
                case.with_user(self.keeper).action_receive_all()

    def test_more_than_agreed_cannot_be_booked_in(self):
        order = self._create_sold((self.mirror, 3))
        case = self._create_aftersale(order, (order.order_line, 2))
        case.action_approve()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            case.with_user(self.keeper).line_ids.received_quantity = 3
            self.env.flush_all()

    def test_finding_without_seal_and_decision_is_none(self):
        order = self._create_sold((self.mirror, 1))
        case = self._create_aftersale(order, (order.order_line, 1))
        case.action_approve()
        kept = case.with_user(self.keeper)
        kept.action_receive_all()
        for vals in ({}, {"seal_state": "intact"}, {"seal_state": False, "result": "restock"}):
            kept.line_ids.write(vals)
            with self.assertRaisesRegex(UserError, "seal and the decision"):
                kept.action_inspect()
        kept.line_ids.write({"seal_state": "damaged", "result": "supplier"})
        kept.action_inspect()
        place = self.warehouse.aftersale_location_id
        self.assertEqual(self.env["stock.quant"]._get_available_quantity(self.mirror, place), 1)
        with self.assertRaisesRegex(UserError, "evidence"):
            kept.line_ids.seal_state = "intact"

    def test_exchange_and_resend_keep_their_links(self):
        order = self._create_sold((self.mirror, 2))
        swap = self._create_aftersale(order, (order.order_line, 1, {"replacement_product_id": self.brush.id}), kind="exchange")
        self._bring_back(swap)
        swap.action_send()
        lost = self.env.ref("cosmetics_sales.aftersale_reason_lost")
        again = self._create_aftersale(order, (order.order_line[0], 1), kind="resend", reason_id=lost.id)
        again.action_approve()
        again.action_send()
        for case, product in ((swap, self.brush), (again, self.mirror)):
            self.assertRecordValues(case.replacement_ids, [{"aftersale_id": case.id, "order_id": order.id, "product_id": product.id}])
            self.assertEqual(case.replacement_ids.sudo().move_ids.picking_id.sale_id, order)
        self.assertEqual(swap.sudo().picking_ids.move_ids.aftersale_line_id, swap.line_ids)
        self.assertEqual(order.aftersale_count, 2)
        with self.assertRaisesRegex(UserError, "no money back"):
            swap.action_refund()

    def test_dearer_goods_of_an_exchange_are_paid_for(self):
        order = self._create_sold((self.mirror, 1))
        more = {"replacement_product_id": self.brush.id, "replacement_price": 12.5}
        swap = self._create_aftersale(order, (order.order_line, 1, more), kind="exchange")
        self._bring_back(swap)
        swap.action_send()
        self.assertEqual((swap.replacement_ids.price_total, swap.replacement_ids.aftersale_carried, order.amount_total), (12.5, 50, 62.5))


@tagged("post_install", "-at_install")
class TestAftersaleRefund(AftersaleCommon):
    def test_refund_goes_the_way_it_was_paid(self):
        wholesale = self.env.ref("cosmetics_sales.channel_wholesale")
        for channel, way in ((self.web, "original"), (self.market, "platform"), (wholesale, "credit")):
            order = self._create_sold((self.mirror, 1), channel=channel)
            self.assertEqual(self._create_aftersale(order, (order.order_line, 1)).refund_way, way)

    def test_refund_nobody_pays_is_refused(self):
        """“By the platform” ends the case without money from us; of a web shop the buyer would never see it."""
        order = self._create_sold((self.mirror, 1))
        case = self._create_aftersale(order, (order.order_line, 1))
        with self.assertRaisesRegex(ValidationError, "not paid by a platform"), self.env.cr.savepoint():
            case.refund_way = "platform"
        with self.assertRaisesRegex(ValidationError, "not paid by a platform"), self.env.cr.savepoint():
            other = self._create_sold((self.mirror, 1))
            self._create_aftersale(other, (other.order_line, 1), refund_way="platform")
        market = self._create_sold((self.mirror, 1), channel=self.market)
        self.assertTrue(self._create_aftersale(market, (market.order_line, 1), refund_way="original"))

    def test_freight_is_given_back_once_by_different_goods_too(self):
        order = self._create_sold((self.mirror, 1), (self.brush, 1), (self.freight, 1, {"price_unit": 10.0}))
        first = self._create_aftersale(order, (order.order_line[0], 1), refund_freight=True)
        second = self._create_aftersale(order, (order.order_line[1], 1), refund_freight=True)
        self.assertEqual((first.freight_amount, second.freight_amount), (10, 0))
        # What a second clerk has decided at the same moment, before the first was known.
        self.env.flush_all()
        self.env.cr.execute("UPDATE cosmetics_aftersale SET freight_amount = 10 WHERE id = %s", [second.id])
        second.invalidate_recordset()
        with self.assertRaisesRegex(ValidationError, "goes back with another"):
            second._check_refund()

    def test_freight_of_a_dropped_case_is_free_again(self):
        order = self._create_sold((self.mirror, 2), (self.freight, 1, {"price_unit": 10.0}))
        first = self._create_aftersale(order, (order.order_line[0], 1), refund_freight=True)
        first.action_cancel()
        self.assertEqual(self._create_aftersale(order, (order.order_line[0], 1), refund_freight=True).freight_amount, 10)

    def test_partial_refunds_sum_to_what_was_paid_and_no_cent_more(self):
        order = self._create_sold((self.brush, 3))
        given = 0.0
        for amount in (20, 30, 49.99):
            case = self._create_aftersale(order, (order.order_line, 1, {"amount": amount}), kind="refund")
            case.action_approve()
            case.action_refund()
            given += case.sudo().credit_note_ids.amount_total
        self.assertEqual(round(given, 2), order.amount_total)
        with self.assertRaisesRegex(ValidationError, "would be given back"), self.env.cr.savepoint():
            self._create_aftersale(order, (order.order_line, 1, {"amount": 0.01}), kind="refund")

    def test_gift_is_asked_for_by_the_case_that_takes_the_last_of_the_goods(self):
        order = self._create_sold((self.mirror, 2), (self.pouch, 1, GIFT))
        goods, gift = order.order_line
        first = self._create_aftersale(order, (goods, 1))
        first.action_approve()  # one piece stays with the buyer, and so may the gift
        last = self._create_aftersale(order, (goods, 1))
        with self.assertRaisesRegex(UserError, "Test Pouch"), self.env.cr.savepoint():
            last.action_approve()
        last.line_ids = [Command.create({"order_line_id": gift.id, "quantity": 1})]
        last.action_approve()
        self.assertEqual(last.refund_amount, 50)

    def test_gift_that_did_not_come_back_after_all_stops_the_refund(self):
        order = self._create_sold((self.mirror, 1), (self.pouch, 1, GIFT))
        case = self._create_aftersale(order, *((line, 1) for line in order.order_line))
        case.action_approve()
        kept = case.with_user(self.keeper)
        kept.line_ids[0].received_quantity = 1
        kept.action_receive()
        kept.line_ids[0].write({"seal_state": "intact", "result": "restock"})
        kept.action_inspect()
        with self.assertRaisesRegex(UserError, "Test Pouch"):
            case.action_refund()

    def test_gift_left_to_the_buyer_costs_nothing(self):
        order = self._create_sold((self.mirror, 1), (self.pouch, 1, GIFT))
        case = self._create_aftersale(order, (order.order_line[0], 1), gift_policy="left")
        case.action_approve()
        self.assertEqual(case.refund_amount, 50)

    def test_negative_charge_is_refused(self):
        order = self._create_sold((self.mirror, 1))
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._create_aftersale(order, (order.order_line, 1), gift_policy="charged", gift_charge=-1)
            self.env.flush_all()


@tagged("post_install", "-at_install")
class TestAftersaleDays(AftersaleCommon):
    def _create_case(self, channel=None, **vals):
        order = self._create_sold((self.mirror, 1), channel=channel or self.web)
        return self._create_aftersale(order, (order.order_line, 1), **vals)

    def test_right_to_return_and_its_exceptions(self):
        wholesale = self.env.ref("cosmetics_sales.channel_wholesale")
        till = self.env["cosmetics.channel"].create({"name": "Test Till", "code": "TTILL", "kind": "till", "company_id": self.company.id})
        for channel, vals, words in (
            (self.web, {}, "may return without a reason until 2026-11-30"),
            (self.market, {}, "may return without a reason until 2026-11-30"),
            (self.web, {"is_customised": True}, "made for this buyer"),
            (self.web, {"is_seal_opened": True}, "seal is opened"),
            (till, {}, "Bought in a shop"),
            (wholesale, {}, "Bought for trade"),
        ):
            with self.subTest(words=words):
                self.assertIn(words, self._create_case(channel, **vals).no_reason_sentence)

    def test_seven_days_begin_when_the_parcel_is_signed_for_not_when_it_leaves(self):
        order = self._create_sold((self.mirror, 1))
        carrier = self.env["cosmetics.carrier"].search([], limit=1)
        parcel = {"order_id": order.id, "picking_id": order.picking_ids.id, "carrier_id": carrier.id, "tracking_no": "SF1357924680135"}
        self.env["cosmetics.parcel"].create({**parcel, "signed_at": "2026-11-25 17:00:00"})  # the 26th in Xi'an
        case = self._create_aftersale(order, (order.order_line, 1))
        self.assertIn("until 2026-12-03", case.no_reason_sentence)

    def test_before_delivery_the_days_have_not_begun(self):
        order = self._create_sold((self.mirror, 1), is_delivered=False, is_invoiced=False)
        case = self._create_aftersale(order, (order.order_line, 1), kind="refund")
        self.assertIn("have not begun", case.no_reason_sentence)

    def test_last_day_counts_whole(self):
        case = self._create_case()
        case.requested_at = "2026-11-30 15:59:59"  # a second before midnight in Xi'an
        self.assertIn("may return", case.no_reason_sentence)
        case.requested_at = "2026-11-30 16:00:00"
        self.assertIn("ended on 2026-11-30", case.no_reason_sentence)

    def test_refund_of_money_alone_has_no_day_of_return(self):
        self.assertFalse(self._create_case(kind="refund").refund_due_on)

    def _tell(self, moment):
        """Run the job of the day; return who is told of which day in which words."""
        with freeze_time(moment):
            self.env["cosmetics.aftersale"].invalidate_model()
            self.env["cosmetics.aftersale"]._cron_tell_deadlines()
        kind = self.env.ref("cosmetics_sales.mail_activity_aftersale_deadline")
        reminders = self.env["mail.activity"].search([("activity_type_id", "=", kind.id), ("user_id", "=", self.ecommerce_clerk.id)])
        return [(str(reminder.date_deadline), reminder.summary) for reminder in reminders]

    def test_clerk_is_told_two_days_before_the_money_is_due(self):
        self.ecommerce_clerk.lang = "en_US"
        case = self._create_case()
        self._bring_back(case)  # on the 23rd
        self.assertEqual(self._tell("2026-11-27 15:59:00"), [])  # still the 27th in Xi'an
        told = [("2026-11-30", "Refund by 2026-11-30, seven days after the goods came back.")]
        self.assertEqual(self._tell("2026-11-27 16:00:00"), told)
        self.assertEqual(self._tell("2026-11-29 04:00:00"), told, "once, not daily")
        case.action_refund()
        case.sudo().credit_note_ids.action_post()
        case.with_user(self.accountant).action_refunded()
        self.assertEqual(self._tell("2026-11-30 04:00:00"), [], "done in time: nobody is bothered any more")

    def test_clerk_is_told_before_silence_counts_as_a_refusal(self):
        case = self._create_case()
        self.assertEqual(self._tell("2026-12-05 04:00:00"), [])
        self.assertEqual([day for day, _words in self._tell("2026-12-06 04:00:00")], ["2026-12-08"])
        case.action_approve()
        self.assertEqual(self._tell("2026-12-07 04:00:00"), [])

    def test_reminder_moves_on_from_the_answer_to_the_money(self):
        case = self._create_case()
        self.assertEqual([day for day, _words in self._tell("2026-12-07 04:00:00")], ["2026-12-08"])
        with freeze_time("2026-12-07 04:00:00"):
            self._bring_back(case)
        self.assertEqual([day for day, _words in self._tell("2026-12-13 04:00:00")], ["2026-12-14"])

    def test_reminder_speaks_the_language_of_who_reads_it(self):
        self.ecommerce_clerk.lang = "zh_CN"
        self._bring_back(self._create_case())
        self.assertRegex(self._tell("2026-11-29 04:00:00")[0][1], "[\u4e00-\u9fff]")

    def test_case_of_somebody_who_left_is_told_to_the_responsible_of_its_channel(self):
        case = self._create_case()
        case.sudo().user_id = self.colleague
        self.colleague.active = False
        self.web.user_id = self.ecommerce_clerk
        self.assertEqual(len(self._tell("2026-12-07 04:00:00")), 1)

    def test_filter_of_the_list_finds_what_the_reminder_tells(self):
        case = self._create_case()
        self._bring_back(case)
        with freeze_time("2026-11-28 04:00:00"):
            self.assertIn(case, self.env["cosmetics.aftersale"].search(self.env["cosmetics.aftersale"]._get_near_domain()))
        with freeze_time("2026-11-27 04:00:00"):
            self.assertNotIn(case, self.env["cosmetics.aftersale"].search(self.env["cosmetics.aftersale"]._get_near_domain()))
