"""Who was not reached: why, until when, and what to do next."""

from datetime import timedelta

from freezegun import freeze_time
from odoo import Command
from odoo.addons.cosmetics_crm_mailing.tools.sms_api import SmsAnswer, SmsReply
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common import MORNING, RecallNoticeCommon


@tagged("post_install", "-at_install")
class TestRecallUnreached(RecallNoticeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest = cls.env["res.partner"].create({"name": "Guest", "phone": "13911112222"})
        cls.silent = cls.env["res.partner"].create({"name": "Nobody Knows"})

    def _reason(self, recall, partner=None, days=0):
        """Return why a buyer counts as not reached so many days after the recall."""
        self.env.invalidate_all()
        with freeze_time(MORNING + timedelta(days=days)):
            return self._line(recall, partner or self.guest).unreached_reason

    def test_buyer_who_was_not_written_to_yet_is_to_be_told(self):
        self.assertEqual(self._reason(self._start(self.guest)), "todo")

    def test_buyer_without_number_and_address_has_no_contact(self):
        recall = self._start(self.silent)
        self.assertEqual(self._reason(recall, self.silent), "no_contact")
        recall.action_tell_buyers()
        self.assertEqual(self._reason(recall, self.silent), "no_contact")
        self.assertIn("No number is known", self._line(recall, self.silent).next_step)

    def test_landline_without_email_is_called_by_hand(self):
        landline = self.env["res.partner"].create({"name": "Old", "phone": "029-87654321"})
        recall = self._tell(landline)
        self.assertEqual(self._reason(recall, landline), "no_contact")
        self.assertIn("029-87654321", self._line(recall, landline).next_step)

    def test_message_that_failed_is_called_by_hand(self):
        recall = self._tell(self.guest)
        self.provider.answers["+8613911112222"] = SmsAnswer(failure_type="sms_number_format", reason="空号")
        self._run_queue(MORNING)
        self.assertEqual(self._reason(recall), "failed")
        self.assertIn("Call +8613911112222", self._line(recall, self.guest).next_step)

    def test_message_without_a_report_is_no_answer_after_three_days(self):
        recall = self._tell(self.guest)
        self._run_queue(MORNING)
        self.assertEqual([self._reason(recall, days=days) for days in (0, 2.9, 3)], [False, False, "no_answer"])

    def test_days_are_those_of_the_company(self):
        self.company.recall_answer_days = 1
        recall = self._tell(self.guest)
        self._run_queue(MORNING)
        self.assertEqual(self._reason(recall, days=1), "no_answer")

    def test_delivered_message_has_reached_the_buyer(self):
        recall = self._tell(self.guest)
        self._run_queue(MORNING)
        self._report(self._notices(recall), True)
        self.assertFalse(self._reason(recall, days=30))

    def test_report_that_the_phone_is_off_brings_the_buyer_to_the_list(self):
        recall = self._tell(self.guest)
        self._run_queue(MORNING)
        self._report(self._notices(recall), False, "用户关机")
        self.assertEqual(self._reason(recall), "failed")

    def test_email_alone_proves_nothing(self):
        reader = self.env["res.partner"].create({"name": "Reader", "email": "reader@example.com"})
        recall = self._tell(reader)
        self._notices(recall, "mail").sudo().mail_id.state = "sent"
        self.assertEqual([self._reason(recall, reader, days) for days in (1, 4)], [False, "no_answer"])

    def test_answer_by_sms_shows_that_the_buyer_has_heard(self):
        recall = self._tell(self.guest)
        self._run_queue(MORNING)
        early = SmsReply("13911112222", "谢谢", MORNING - timedelta(hours=1), "1")
        self.env["cosmetics.sms.reply"]._receive(self.company, [early])
        self.assertEqual(self._reason(recall, days=4), "no_answer")
        late = SmsReply("13911112222", "收到", MORNING + timedelta(hours=1), "2")
        self.env["cosmetics.sms.reply"]._receive(self.company, [late])
        self.assertFalse(self._reason(recall, days=4))

    def test_buyer_who_brought_everything_back_is_not_called(self):
        sale = self._sell(self.lot, 1, self.guest)
        recall = self._tell()
        self.assertEqual(self._reason(recall, days=9), "no_answer")
        self._move(self.lot, self.customer, self.shelf, 1, self.guest, origin=sale, picking_type=self.shop.in_type_id)
        recall.action_refresh_buyers()
        self.assertFalse(self._reason(recall, days=9))

    def test_call_by_hand_takes_the_buyer_off_the_list(self):
        recall = self._tell(self.silent, self.guest)
        self._run_queue(MORNING)
        with freeze_time(MORNING + timedelta(days=5)):
            self.assertEqual(recall.unreached_count, 2)
            recall.line_ids.action_mark_called()
            self.env.invalidate_all()
            self.assertEqual(recall.unreached_count, 0)
        calls = self._notices(recall, "phone")
        self.assertEqual((calls.mapped("state"), calls.user_id), (["sent", "sent"], self.quality))

    def test_sales_to_people_unknown_ask_for_a_notice_in_the_store(self):
        self._sell(self.lot, 1)
        recall = self._start()
        line = recall.line_ids
        self.assertEqual((line.unreached_reason, recall.unreached_count), ("unknown", 1))
        self.assertIn("notice in the store", line.next_step)
        with self.assertRaisesRegex(UserError, "nobody to write to"):
            recall.action_tell_buyers()

    def test_purchase_found_later_counts_as_told(self):
        recall = self._tell(self.guest)
        self._run_queue(MORNING)
        self._report(self._notices(recall), True)
        other = self._create_lot("R2603")
        self._move(other, self.supplier, self.stock, 5)
        self._sell(other, 1, self.guest)
        recall.recall_lot_ids = [Command.create({"lot_id": other.id})]
        recall.action_freeze()
        recall.action_refresh_buyers()
        self.assertEqual(len(recall.line_ids), 2)
        self.assertFalse(recall.unreached_count)

    # ------------------------------------------------------------------ where it is seen
    def test_counter_opens_exactly_those_who_were_not_reached(self):
        recall = self._tell(self.silent, self.guest)
        self._run_queue(MORNING)
        self._report(self._notices(recall).filtered(lambda notice: notice.partner_id == self.guest), True)
        found = self.env["cosmetics.recall.line"].with_user(self.quality).search(recall.action_view_unreached()["domain"])
        self.assertEqual((found.partner_id, recall.unreached_count), (self.silent, 1))

    def test_reached_ones_are_found_as_well(self):
        recall = self._tell(self.silent, self.guest)
        own = [("recall_id", "=", recall.id)]
        lines = self.env["cosmetics.recall.line"].with_user(self.quality)
        self.assertEqual(lines.search([*own, ("unreached_reason", "=", False)]).partner_id, self.guest)
        self.assertEqual(lines.search([*own, ("unreached_reason", "=", "no_contact")]).partner_id, self.silent)

    def test_two_purchases_of_one_buyer_are_one_buyer(self):
        self.assertEqual(self._start(self.silent, self.silent).unreached_count, 1)

    def test_recall_that_tells_nobody_yet_counts_nobody(self):
        self._sell(self.lot, 1, self.silent)
        recall = self._create_recall()
        recall.action_refresh_buyers()
        self.assertEqual(recall.unreached_count, 0)

    def test_days_to_wait_are_sane(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.company.recall_answer_days = 31
            self.env.flush_all()
