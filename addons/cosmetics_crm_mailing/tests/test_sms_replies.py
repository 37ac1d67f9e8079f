"""Reports and replies of the provider: read from whoever knows the word, carried out at once."""

import json
from unittest.mock import patch

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ..tools.sms_api import SmsReply, SmsReport
from .common import NOON, MailingCommon


@tagged("post_install", "-at_install")
class TestSmsReplies(HttpCase, MailingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls._create_template()
        cls.member = cls._create_reachable(phone="13912345678")
        cls.number = cls.member.member_phone
        cls.token = cls.company.sms_webhook_token

    def setUp(self):
        super().setUp()
        # The stand-in of the other tests reads objects; over the wire come lists.
        self.patch(
            self.provider,
            "_read_replies",
            lambda gateway, rows: [SmsReply(row["p"], row["t"], fields.Datetime.now(), row["k"]) for row in rows],
        )
        self.patch(
            self.provider, "_read_reports", lambda gateway, rows: [SmsReport(row["u"], "r", row["ok"], row.get("why", "")) for row in rows]
        )
        self.patch(self.provider, "_webhook_answer", lambda gateway: {"code": 0})
        # A provider is chosen; its name does not matter here.
        self.env.cr.execute("UPDATE res_company SET sms_gateway = 'test' WHERE id = %s", [self.company.id])
        self.company.invalidate_recordset()

    def _reply(self, text="TD", key="1", phone=None):
        reply = SmsReply(phone or self.number, text, NOON, key)
        return self.env["cosmetics.sms.reply"]._receive(self.company, [reply])

    def _post(self, kind, rows, token=None):
        url = f"/cosmetics_sms/{token or self.token}/{kind}"
        return self.url_open(
            url, data=json.dumps(rows) if not isinstance(rows, str) else rows, headers={"Content-Type": "application/json"}
        )

    def test_messages_that_left_and_replies_stand_in_the_timeline_of_the_member(self):
        waiting, sent = self._write_sms(self.member, "还在排队"), self._write_sms(self.member, "礼券A1")
        sent.write({"state": "sent", "submitted_at": NOON})
        self._reply("谢谢")
        self.env.flush_all()
        lines = self.env["cosmetics.member.interaction"].with_user(self.adviser).search([("partner_id", "=", self.member.id)])
        found = lines.filtered(lambda line: line.kind in ("sms", "sms_reply")).mapped(lambda line: (line.kind, line.summary))
        self.assertEqual(sorted(found), [("sms", sent.body), ("sms_reply", "谢谢")])
        self.assertEqual(waiting.state, "outgoing")

    def test_refusal_stops_marketing_withdraws_the_consent_and_empties_the_queue(self):
        sms = self._write_sms(self.member)
        (row,) = self._reply("退订。")
        self.assertEqual((row.is_refusal, row.partner_id), (True, self.member))
        self.assertTrue(self.env["phone.blacklist"].search([("number", "=", self.number)]))
        self.assertFalse(self.member._has_consent("sms")[self.member.id])
        self.assertEqual((sms.state, sms.failure_type), ("canceled", "sms_blacklist"))

    def test_other_replies_change_nothing(self):
        (row,) = self._reply("谢谢，已收到")
        self.assertFalse(row.is_refusal)
        self.assertTrue(self.member._has_consent("sms")[self.member.id])

    def test_reply_that_comes_twice_is_one_reply(self):
        self.assertTrue(self._reply())
        self.assertFalse(self._reply())

    def test_refusal_of_a_stranger_counts_as_well(self):
        self._reply("T", phone="+8613800000099")
        self.assertTrue(self.env["phone.blacklist"].search([("number", "=", "+8613800000099")]))

    def test_report_that_comes_twice_or_late_does_not_undo_the_delivery(self):
        with freeze_time(NOON):
            sms = self._write_sms(self.member, state="pending")
        receive = self.env["cosmetics.sms.reply"]._receive_reports
        self.assertEqual(receive(self.company, [SmsReport(sms.uuid, "r", True)]), 1)
        receive(self.company, [SmsReport(sms.uuid, "r", False, "失败")])
        self.assertEqual(sms.state, "sent")

    def test_report_of_another_company_s_message_is_left_alone(self):
        other = self.env["res.company"].create({"name": "Second"})
        sms = self._write_sms(self.member, state="pending")
        self.assertEqual(self.env["cosmetics.sms.reply"]._receive_reports(other, [SmsReport(sms.uuid, "r", True)]), 0)
        self.assertEqual(sms.state, "pending")

    def test_provider_posts_a_reply(self):
        answer = self._post("replies", [{"p": self.number, "t": "T", "k": "77"}])
        self.assertEqual((answer.status_code, answer.json()), (200, {"code": 0}))
        self.assertTrue(self.env["cosmetics.sms.reply"].search([("key", "=", "77")]).is_refusal)

    def test_provider_posts_a_report(self):
        sms = self._write_sms(self.member, state="pending")
        self.env.flush_all()
        self.assertEqual(self._post("reports", [{"u": sms.uuid, "ok": False, "why": "空号"}]).status_code, 200)
        self.env.invalidate_all()
        self.assertEqual((sms.state, sms.reason), ("error", "空号"))

    def test_post_that_is_too_long_is_not_read(self):
        with patch("odoo.addons.cosmetics_crm_mailing.controllers.sms_gateway.MAX_BYTES", 10):
            self.assertEqual(self._post("replies", [{"p": self.number, "t": "TD", "k": "9"}]).status_code, 413)
        self.assertFalse(self.env["cosmetics.sms.reply"].search([("number", "=", self.number)]))

    def test_who_does_not_know_the_word_is_nobody(self):
        rows = [{"p": self.number, "t": "T", "k": "78"}]
        for token in ("x", "x" * 32, self.token[:-1]):
            with self.subTest(token=token):
                self.assertEqual(self._post("replies", rows, token).status_code, 404)
        self.assertFalse(self.env["cosmetics.sms.reply"].search([("key", "=", "78")]))

    def test_rubbish_is_refused_and_nothing_of_it_is_kept(self):
        for rubbish in ("{", "[]]", [{"x": 1}], [1], "null"):
            with self.subTest(rubbish=rubbish):
                self.assertEqual(self._post("replies", rubbish).status_code, 400)

    def test_manager_reads_replies_and_log_and_writes_neither(self):
        row, sms = self._reply(), self._write_sms(self.member)
        for record in (row, sms):
            mine = record.with_user(self.manager)
            self.assertTrue(mine.read(["number"]))
            for act in (mine.unlink, lambda mine=mine: mine.write({"number": "1"})):
                with self.subTest(model=record._name), self.assertRaises(AccessError):
                    act()

    def test_adviser_sees_neither_log_nor_replies(self):
        for model in ("sms.sms", "cosmetics.sms.reply", "cosmetics.campaign", "cosmetics.member.segment", "cosmetics.sms.template"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.adviser).search([])
