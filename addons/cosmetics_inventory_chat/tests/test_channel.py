"""Robots speak the protocols of their services, keep to their limits, and their keys stay secret."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import ChatCommon
from .stand_in import DINGTALK_TOKEN, WECOM_KEY


@tagged("post_install", "-at_install")
class TestChannel(ChatCommon):
    def test_a_test_reaches_both_services(self):
        (self.wecom | self.dingtalk).action_test()
        self.assertEqual([service for service, _text in self.robots.taken], ["wecom", "dingtalk"])

    def test_a_wrong_key_or_secret_is_said_at_once(self):
        self.wecom.key = "wrong"
        with self.assertRaisesRegex(UserError, "93000 invalid webhook url"):
            self.wecom.action_test()
        self.dingtalk.secret = "SECwrong"
        with self.assertRaisesRegex(UserError, "310000 sign not match"):
            self.dingtalk.action_test()

    def test_a_service_that_cannot_be_reached_tells_no_key(self):
        self.robots.close()
        with self.assertRaisesRegex(UserError, "ConnectionError") as caught:
            self.wecom.action_test()
        self.assertNotIn(WECOM_KEY, str(caught.exception))

    def test_the_address_may_be_pasted_whole(self):
        self.wecom.key = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={WECOM_KEY}"
        self.dingtalk.key = f"https://oapi.dingtalk.com/robot/send?access_token={DINGTALK_TOKEN}"
        (self.wecom | self.dingtalk).action_test()
        self.assertEqual(len(self.robots.taken), 2)

    def test_an_address_without_a_key_and_a_robot_without_a_secret_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "no key in this address"):
            self.wecom.key = "https://example.com/send"
        with self.assertRaisesRegex(ValidationError, "Enter the secret"):
            self.dingtalk.secret = False

    def test_keys_are_read_by_administrators_alone(self):
        channel = self.wecom.with_user(self.manager)
        self.assertEqual(channel.read(["name"])[0]["name"], "Test Group")
        for name in ("key", "secret"):
            with self.assertRaises(AccessError):
                channel.read([name])
        with self.assertRaises(AccessError):
            channel.name = "Mine"
        with self.assertRaises(AccessError):
            channel.action_test()
        self.assertNotIn('name="key"', channel.get_view(view_type="form")["arch"])
        self.assertFalse(self.wecom.copy({"key": "other"}).secret)

    def test_keepers_see_no_robots(self):
        keeper = self._create_user("test_chat_keeper", "cosmetics_inventory.group_warehouse_keeper")
        with self.assertRaises(AccessError):
            self.wecom.with_user(keeper).read(["name"])

    def test_robots_of_another_company_are_not_seen_and_told_nothing(self):
        other = self.env["res.company"].create({"name": "Other Trading"})
        foreign = self.env["cosmetics.notify.channel"].create({"name": "Foreign", "key": "k", "company_id": other.id})
        self.assertNotIn(foreign, self.wecom.with_user(self.manager).search([]))
        self.assertEqual(self._notify().channel_id, self.wecom | self.dingtalk)

    def test_the_form_opens_for_the_administrator(self):
        with Form(self.env["cosmetics.notify.channel"].with_user(self.admin)) as form:
            form.name, form.key = "New Group", "abc"
        self.assertEqual(form.record.provider, "wecom")


@tagged("post_install", "-at_install")
class TestMessage(ChatCommon):
    def test_news_go_to_the_groups_that_want_them(self):
        self.wecom.tells_late_orders = False
        self.dingtalk.warehouse_ids = self.env["stock.warehouse"].create({"name": "Elsewhere", "code": "ELSE"})
        self.assertEqual(self._notify().channel_id, self.wecom)
        self.assertEqual(self._notify(topic="late_order", warehouse=self.dingtalk.warehouse_ids).channel_id, self.dingtalk)
        self.assertFalse(self._notify(topic="late_order"))

    def test_what_is_queued_is_sent_once(self):
        messages = self._notify("缺货", ["面霜", "口红"])
        self._send()
        self._send()
        self.assertEqual(self.robots.taken, [("wecom", "**缺货**\n>面霜\n>口红"), ("dingtalk", "#### 缺货\n- 面霜\n- 口红")])
        self.assertEqual(set(messages.mapped("state")), {"sent"})

    def test_a_robot_gets_twenty_messages_a_minute_and_the_rest_later(self):
        self.dingtalk.active = False
        start = fields.Datetime.now()
        with freeze_time(start):
            messages = self.env["cosmetics.notify.message"].union(*(self._notify(f"News {number}") for number in range(25)))
            self._send()
            self._send()
        self.assertEqual(len(self.robots.taken), 20)
        self.assertFalse(any(messages.mapped("error")), "the service never had to refuse")
        self.robots.taken.clear()
        with freeze_time(start + timedelta(seconds=61)):
            self._send()
        self.assertEqual([text.split("\n")[0] for _service, text in self.robots.taken], [f"**News {number}**" for number in range(20, 25)])

    def test_a_robot_that_is_asked_too_often_rests(self):
        self.wecom.active = False
        start = fields.Datetime.now()
        self.robots.fault = 200, {"errcode": 130101, "errmsg": "send too fast"}
        with freeze_time(start):
            first, second = self._notify("A"), self._notify("B")
            self._send()
        self.assertEqual((self.robots.calls, first.state, first.attempts), (1, "queued", 0))
        self.robots.fault = None
        with freeze_time(start + timedelta(minutes=9)):
            self._send()
        self.assertEqual(self.robots.calls, 1)
        with freeze_time(start + timedelta(minutes=11)):
            self._send()
        self.assertEqual(set((first | second).mapped("state")), {"sent"})

    def test_a_service_that_is_down_is_tried_again_and_given_up_at_last(self):
        self.dingtalk.active = False
        message, now = self._notify(), fields.Datetime.now()
        self.robots.fault = 502, None
        for attempt in range(1, 6):
            with freeze_time(now):
                self._send()
            self.assertEqual((message.attempts, message.state), (attempt, "failed" if attempt == 5 else "queued"))
            now = message.try_at
        self.assertEqual(message.error, "HTTP 502")
        self.robots.fault = None
        message.with_user(self.manager).action_retry()
        self._send()
        self.assertEqual(message.state, "sent")

    def test_what_can_never_go_through_is_not_tried_again(self):
        self.dingtalk.active = False
        self.wecom.key = "wrong"
        message = self._notify()
        self._send()
        self.assertEqual((message.state, message.error), ("failed", "93000 invalid webhook url"))

    def test_one_robot_in_trouble_holds_up_no_other(self):
        self.wecom.key = "wrong"
        self._notify()
        self._send()
        self.assertEqual([service for service, _text in self.robots.taken], ["dingtalk"])

    def test_an_archived_robot_says_nothing(self):
        message = self._notify()
        (self.wecom | self.dingtalk).active = False
        self._send()
        self.assertEqual((self.robots.calls, set(message.mapped("state"))), (0, {"queued"}))

    def test_old_messages_go(self):
        message = self._notify()
        self._send()
        with freeze_time(fields.Datetime.now() + timedelta(days=61)):
            self._send()
        self.assertFalse(message.exists())

    def test_a_manager_writes_no_messages(self):
        message = self._notify()
        with self.assertRaises(AccessError):
            message.with_user(self.manager).unlink()
        with self.assertRaises(AccessError):
            message.with_user(self.manager).create({"channel_id": self.wecom.id, "topic": "late_order", "title": "x", "text": "y"})
