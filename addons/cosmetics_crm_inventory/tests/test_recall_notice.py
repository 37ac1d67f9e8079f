"""Buyers of a recalled batch are told by SMS and e-mail: who, how often, when, and what becomes of it."""

from datetime import timedelta

from freezegun import freeze_time
from odoo.addons.cosmetics_crm_mailing.tools.sms_api import SmsAnswer
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MORNING, RecallNoticeCommon


@tagged("post_install", "-at_install")
class TestRecallNotice(RecallNoticeCommon):
    # ------------------------------------------------------------------ what arrives
    def test_buyer_reads_product_batch_and_phone_in_the_approved_text(self):
        recall = self._tell(self.member)
        self._run_queue(MORNING)
        (request,) = self.provider.sent
        self.assertEqual((request.phone, request.code), (self.member.member_phone, "SMS_RECALL"))
        self.assertEqual(request.params, {"product": "保湿霜", "batch": "R2601", "phone": "029-88888888"})
        self.assertIn("您购买的保湿霜（批号R2601）正在召回", self._messages(recall).body)

    def test_phone_is_that_of_the_store_where_it_was_bought(self):
        address = self.env["res.partner"].create({"name": "Shop", "phone": "029-11112222"})
        self.store_centre.partner_id = address
        self._tell(self.member)
        self._run_queue(MORNING)
        self.assertEqual(self.provider.sent[0].params["phone"], "029-11112222")

    def test_several_batches_are_named_once_each(self):
        second = self._create_lot("R2602")
        self._move(second, self.supplier, self.stock, 5)
        self._tell(self.member, lots=self.lot | second)
        self._run_queue(MORNING)
        self.assertEqual(self.provider.sent[0].params["batch"], "R2601、R2602")

    def test_buyer_gets_an_email_as_well(self):
        recall = self._tell(self.member)
        mail = self._notices(recall, "mail")
        self.assertEqual((mail.partner_id, mail.address, bool(mail.sudo().mail_id)), (self.member, "wang@example.com", True))

    # ------------------------------------------------------------------ who
    def test_member_without_any_consent_is_told(self):
        self.assertFalse(self.member._has_consent("sms")[self.member.id])
        recall = self._tell(self.member)
        self._run_queue(MORNING)
        self.assertEqual((self._messages(recall).state, self._notices(recall).state), ("pending", "sent"))

    def test_number_that_refused_marketing_is_told(self):
        self.env["phone.blacklist"].with_user(self.manager).create({"number": self.member.member_phone})
        recall = self._tell(self.member)
        self._run_queue(MORNING)
        self.assertEqual(self._notices(recall).state, "sent")

    def test_limit_of_marketing_does_not_count(self):
        self.company.sms_cap_count = 1
        marketing = self._write_sms(self.member)
        marketing.write({"is_marketing": True, "state": "sent", "submitted_at": MORNING - timedelta(days=1)})
        recall = self._tell(self.member)
        self._run_queue(MORNING)
        self.assertEqual(self._notices(recall).state, "sent")

    def test_buyer_who_is_no_member_is_told(self):
        guest = self.env["res.partner"].create({"name": "Guest", "phone": "139 1111 2222"})
        self._tell(guest)
        self._run_queue(MORNING)
        self.assertEqual([request.phone for request in self.provider.sent], ["+8613911112222"])

    def test_landline_gets_no_sms_and_is_written_down_as_such(self):
        guest = self.env["res.partner"].create({"name": "Guest", "phone": "029-87654321"})
        recall = self._tell(guest)
        self._run_queue(MORNING)
        self.assertEqual((self._notices(recall).state, self._messages(recall), self.provider.sent), ("no_contact", self.env["sms.sms"], []))

    def test_number_of_the_delivery_address_serves_when_the_buyer_has_none(self):
        buyer = self.env["res.partner"].create({"name": "Buyer"})
        self.env["res.partner"].create({"name": "Home", "parent_id": buyer.id, "type": "delivery", "phone": "13922223333"})
        self._tell(buyer)
        self._run_queue(MORNING)
        self.assertEqual([request.phone for request in self.provider.sent], ["+8613922223333"])

    def test_merged_members_are_told_once_as_the_member_who_stayed(self):
        twin = self._create_member("王小红", email="wang@example.com")
        recall = self._start(self.member, twin)
        self.env["base.partner.merge.automatic.wizard"].with_user(self.manager)._merge((self.member | twin).ids, self.member)
        self.env.invalidate_all()
        recall.action_refresh_buyers()
        recall.action_tell_buyers()
        self._run_queue(MORNING)
        self.assertEqual([request.phone for request in self.provider.sent], [self.member.member_phone])
        self.assertEqual((recall.line_ids.partner_id, len(recall.line_ids)), (self.member, 2))

    def test_member_merged_after_the_message_is_not_told_again(self):
        twin = self._create_member("王小红", email="wang@example.com")
        recall = self._tell(twin)
        self._run_queue(MORNING)
        self.env["base.partner.merge.automatic.wizard"].with_user(self.manager)._merge((self.member | twin).ids, self.member)
        self.env.invalidate_all()
        recall.action_refresh_buyers()
        recall.action_tell_buyers()
        self._run_queue(MORNING)
        self.assertEqual(len(self.provider.sent), 1)
        self.assertEqual((recall.line_ids.partner_id, recall.line_ids.notice_state), (self.member, "sent"))

    # ------------------------------------------------------------------ once
    def test_one_number_gets_one_message_however_many_contacts_have_it(self):
        husband = self.env["res.partner"].create({"name": "Husband", "phone": self.member.phone})
        recall = self._tell(self.member, husband)
        self._run_queue(MORNING)
        self.assertEqual((len(self.provider.sent), self._notices(recall).mapped("state")), (1, ["sent", "sent"]))

    def test_number_told_before_is_not_told_again_for_another_contact(self):
        recall = self._tell(self.member)
        self._run_queue(MORNING)
        husband = self.env["res.partner"].create({"name": "Husband", "phone": self.member.phone})
        self._sell_more(recall, husband)
        recall.action_tell_buyers()
        self._run_queue(MORNING)
        self.assertEqual((len(self.provider.sent), self._notices(recall).mapped("state")), (1, ["sent", "sent"]))

    def _sell_more(self, recall, partner):
        """Let a purchase come to light that left before the batch was stopped: a picking gets its contact."""
        picking = self.env["stock.picking"].search([("partner_id", "=", self.member.id)], limit=1)
        picking.copy_data()  # the document stays; only its contact was wrong
        picking.partner_id = partner
        recall.action_refresh_buyers()

    def test_pressing_the_button_twice_tells_nobody_twice(self):
        recall = self._tell(self.member)
        recall.action_tell_buyers()
        self._run_queue(MORNING)
        self.assertEqual((len(self.provider.sent), len(self._notices(recall)), len(self._notices(recall, "mail"))), (1, 1, 1))

    def test_each_recall_tells_for_itself(self):
        self._tell(self.member)
        second = self._create_lot("R2602")
        self._move(second, self.supplier, self.stock, 5)
        self._sell(second, 1, self.member)
        self._tell(lots=second)
        self._run_queue(MORNING)
        self.assertEqual([request.params["batch"] for request in self.provider.sent], ["R2601", "R2602"])

    def test_whoever_was_called_gets_no_message(self):
        recall = self._start(self.member)
        recall.line_ids.action_mark_called()
        with self.assertRaisesRegex(UserError, "nobody to write to"):
            recall.action_tell_buyers()
        self.assertFalse(self._messages(recall))

    def test_failed_message_is_sent_again_at_the_next_try(self):
        recall = self._tell(self.member)
        self.provider.answers[self.member.member_phone] = SmsAnswer(failure_type="sms_credit", reason="余额不足")
        self._run_queue(MORNING)
        self.assertEqual((self._notices(recall).state, self._notices(recall).sms_reason), ("failed", "余额不足"))
        self.provider.answers.clear()
        recall.action_tell_buyers()
        self._run_queue(MORNING)
        self.assertEqual((len(self.provider.sent), sorted(self._notices(recall).mapped("state"))), (1, ["failed", "sent"]))

    # ------------------------------------------------------------------ when
    def test_messages_of_the_night_leave_at_eight(self):
        recall = self._tell(self.member)
        night = MORNING.replace(hour=15)  # 23:00 in Xi'an
        self._run_queue(night)
        sms = self._messages(recall)
        self.assertEqual((sms.state, sms.not_before, self.provider.sent), ("outgoing", MORNING.replace(day=3, hour=0), []))
        self.assertEqual((self._notices(recall).state, bool(self._notices(recall).sms_reason)), ("queued", True))
        self._run_queue(MORNING.replace(day=3, hour=0))
        self.assertEqual(self._notices(recall).state, "sent")

    def test_hours_of_marketing_do_not_hold_it_back(self):
        self.company.write({"sms_opens": 11, "sms_closes": 12})
        recall = self._tell(self.member)
        self._run_queue(MORNING.replace(hour=0, minute=30))  # 8:30 in Xi'an
        self.assertEqual(self._notices(recall).state, "sent")

    def test_night_holds_recalls_only(self):
        self._create_template("尊敬的${member}，您的包裹已签收", "notice")
        notice = self._write_sms(self.member, "尊敬的王小红，您的包裹已签收")
        self._run_queue(MORNING.replace(hour=15))
        self.assertEqual(notice.state, "pending")

    # ------------------------------------------------------------------ what became of it
    def test_notice_follows_the_message_to_the_phone(self):
        recall = self._tell(self.member)
        notice = self._notices(recall)
        self.assertEqual((notice.state, notice.delivered_at), ("queued", False))
        self._run_queue(MORNING)
        self.assertEqual((notice.state, notice.delivered_at), ("sent", False))
        self._report(notice, True)
        self.assertEqual((notice.state, notice.delivered_at), ("sent", MORNING))
        self.assertEqual(recall.line_ids.notice_state, "sent")

    def test_phone_that_is_switched_off_fails_the_notice_with_its_reason(self):
        recall = self._tell(self.env["res.partner"].create({"name": "Guest", "phone": "13911112222"}))
        self._run_queue(MORNING)
        self._report(self._notices(recall), False, "用户关机")
        self.assertEqual((self._notices(recall).state, self._notices(recall).sms_reason), ("failed", "用户关机"))
        self.assertEqual(recall.line_ids.notice_state, "failed")

    def test_log_cleaned_away_after_a_year_leaves_the_notice_as_it_was(self):
        recall = self._tell(self.member)
        self._run_queue(MORNING)
        notice = self._notices(recall)
        self._report(notice, True)
        self.env.flush_all()
        with freeze_time(MORNING + timedelta(days=400)):
            self.env["sms.sms"]._gc_old_messages()
        self.env.invalidate_all()
        self.assertEqual((notice.sudo().sms_id.exists(), notice.state, notice.delivered_at), (self.env["sms.sms"], "sent", MORNING))

    # ------------------------------------------------------------------ who may
    def test_nobody_is_told_before_the_batches_are_stopped(self):
        self._sell(self.lot, 1, self.member)
        recall = self._create_recall()
        recall.action_refresh_buyers()
        with self.assertRaisesRegex(UserError, "Freeze the batches"):
            recall.action_tell_buyers()

    def test_keeper_and_member_manager_tell_nobody(self):
        recall = self._start(self.member)
        for user in (self.keeper, self.manager):
            with self.assertRaises(AccessError):
                recall.with_user(user).action_tell_buyers()
        self.assertFalse(recall.notice_ids)

    def test_queries_do_not_grow_with_the_buyers(self):
        def count(buyers):
            lot = self._create_lot(f"Q{buyers[0].id}")
            self._move(lot, self.supplier, self.stock, len(buyers))
            for buyer in buyers:
                self._sell(lot, 1, buyer)
            recall = self._start(lots=lot)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            recall._send_notices("sms", buyers)
            self.env.flush_all()
            self.assertEqual(len(self._messages(recall)), len(buyers))
            return self.env.cr.sql_log_count - before

        partners = self.env["res.partner"].create([{"name": f"Buyer {number}", "phone": str(13800000000 + number)} for number in range(27)])
        count(partners[:2])
        self.assertLessEqual(count(partners[7:]), count(partners[2:7]) + 3)
