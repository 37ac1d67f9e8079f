"""Whom the interface for orders lets in, and what it makes of content nobody should send."""

import json
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_order_import import OrderImportCommon

URL = "/cosmetics/api/orders"
# The pages that say 401 and 405 are Odoo's, with their bundles; what they log is not looked at here.
QUIET = ("odoo.http", "odoo.addons.base.models.assetsbundle")


@tagged("post_install", "-at_install")
class TestOrderApiGates(OrderImportCommon, HttpCase):
    def _key(self, scope="rpc", user=None):
        keys = self.env["res.users.apikeys"].with_user(user or self.ecommerce_clerk)
        return keys._generate(scope, "Test", fields.Datetime.now() + timedelta(days=1))

    def _post(self, content, key=None, **headers):
        """Send a body; return the response."""
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        if key != "":
            headers["Authorization"] = f"Bearer {key or self._key()}"
        return self.url_open(URL, data=body, headers={"Content-Type": "application/json", **headers})

    def _send(self, *orders, **more):
        """Send orders to the shop; return the answer."""
        response = self._post({"channel": "TESTPDD", "orders": orders}, **more)
        self.assertEqual(response.status_code, 200, response.text[:300])
        return response.json()

    def _orders(self):
        return self.env["sale.order"].search([("channel_id", "=", self.channel.id)])

    # ------------------------------------------------------------------ keys
    @mute_logger(*QUIET)
    def test_key_of_another_scope_opens_nothing(self):
        response = self._post({"channel": "TESTPDD", "orders": [self._payload()]}, key=self._key(scope="odoo.plugin.outlook"))
        self.assertEqual(response.status_code, 401)
        self.assertFalse(self._orders())

    @mute_logger(*QUIET)
    def test_key_that_has_expired_or_was_revoked_opens_nothing(self):
        for change in ("UPDATE res_users_apikeys SET expiration_date = '2020-01-01'", "DELETE FROM res_users_apikeys"):
            with self.subTest(change=change):
                key = self._key()
                self.env.cr.execute(change)
                self.assertEqual(self._post({"channel": "TESTPDD", "orders": [self._payload()]}, key=key).status_code, 401)
        self.assertFalse(self._orders())

    @mute_logger(*QUIET)
    def test_without_a_key_nothing_is_taken(self):
        self.assertIn(self._post({"channel": "TESTPDD", "orders": [self._payload()]}, key="").status_code, (401, 403))
        self.assertFalse(self._orders())

    @mute_logger(*QUIET)
    def test_key_of_somebody_who_has_left_opens_nothing(self):
        key = self._key()
        self.ecommerce_clerk.action_archive()
        self.assertEqual(self._post({"channel": "TESTPDD", "orders": [self._payload()]}, key=key).status_code, 401)

    @mute_logger(*QUIET)
    def test_orders_are_sent_not_fetched(self):
        response = self.url_open(URL, headers={"Authorization": f"Bearer {self._key()}"})
        self.assertIn(response.status_code, (404, 405))

    # ------------------------------------------------------------------ rights
    def test_channel_of_another_company_is_not_there(self):
        company = self.env["res.company"].create({"name": "Another Company"})
        self.env["cosmetics.channel"].create(
            {"name": "Foreign", "code": "FOREIGN", "kind": "marketplace", "platform": "jd", "company_id": company.id}
        )
        response = self._post({"channel": "FOREIGN", "orders": [self._payload()]})
        self.assertEqual((response.status_code, bool(response.json()["error"])), (404, True))

    def test_reviewer_takes_no_orders_in(self):
        reviewer = self._create_user("test_reviewer", "cosmetics_sales.group_order_reviewer")
        response = self._post({"channel": "TESTPDD", "orders": [self._payload()]}, key=self._key(user=reviewer))
        self.assertEqual(response.status_code, 403)

    def test_code_of_a_channel_is_no_pattern(self):
        for code in ("TEST%", "TESTPD_", "%PDD"):
            with self.subTest(code=code):
                response = self._post({"channel": code, "orders": [self._payload()]})
                self.assertEqual(response.status_code, 404)
        self.assertFalse(self._orders())

    # ------------------------------------------------------------------ the key of an order
    def test_order_sent_twice_in_one_call_is_one_order(self):
        answer = self._send(self._payload(), self._payload())
        self.assertEqual((answer["created"], answer["rejected"], len(self._orders())), (1, 1, 1))

    def test_order_from_a_file_sent_again_is_unchanged_and_keeps_its_amount(self):
        self._take_in(self._payload())
        answer = self._send(self._payload(receivable="1.00"))
        self.assertEqual((answer["unchanged"], self._orders().amount_total), (1, 109.99))
        self.assertTrue(answer["results"][0]["warnings"])

    def test_answers_stand_in_the_sequence_of_the_orders(self):
        sent = [self._payload(order_no=number) for number in ("Z9", "A1", "M5")]
        answer = self._send(*sent)
        self.assertEqual([each["order_no"] for each in answer["results"]], ["Z9", "A1", "M5"])
        for each in answer["results"]:
            order = self._orders().filtered(lambda order, number=each["order_no"]: order.channel_order_ref == number)
            self.assertEqual(each["order"], order.name)

    def test_full_call_is_taken_in_one_go(self):
        answer = self._send(*(self._payload(order_no=f"L{number:03d}") for number in range(200)))
        self.assertEqual((answer["created"], len(self._orders())), (200, 200))

    # ------------------------------------------------------------------ content nobody should send
    def test_one_order_of_nonsense_is_rejected_and_the_good_one_taken(self):
        line = {"merchant_sku": "KH01", "qty": 1}
        nonsense = [
            {"order_no": "N1", "lines": [{**line, "qty": float("nan")}]},
            {"order_no": "N2", "lines": [line], "receivable": float("inf")},
            {"order_no": "N3", "lines": [line], "receivable": "1e99"},
            {"order_no": "N4", "lines": [line], "receivable": -5},
            {"order_no": "N5", "lines": [{**line, "qty": True}]},
            {"order_no": "N6", "lines": [{**line, "qty": -1}]},
            {"order_no": "N7", "lines": [{**line, "qty": "1" * 400}]},
            {"order_no": "N8", "lines": [line], "created_at": "0001-01-01T00:00:00+14:00"},
            {"order_no": "N9", "lines": [line], "created_at": "9999-12-31T23:59:59-14:00"},
            {"order_no": "N10", "lines": [line], "receiver": "x" * 5000},
            {"order_no": "N11", "lines": [line], "receiver": {"a": 1}},
            {"order_no": "N12", "lines": [line] * 201},
            {"order_no": "N13", "lines": {"a": line}},
            {"order_no": "N14", "lines": [line], "state": ["paid"]},
            {"order_no": 1.5, "lines": [line]},
            {"order_no": None, "lines": [line]},
            None,
            [],
        ]
        answer = self._send(*nonsense, self._payload())
        self.assertEqual((answer["created"], answer["rejected"]), (1, len(nonsense)))
        self.assertEqual(len(self._orders()), 1)
        for each in answer["results"][:-1]:
            self.assertTrue(each["reason"])

    def test_signs_no_database_holds_are_dropped(self):
        answer = self._send(self._payload(receiver="王\0芳", buyer_note="ok \ud800", order_no="\0N1"))
        order = self._orders()
        self.assertEqual((answer["created"], order.receiver_name, order.buyer_note, order.channel_order_ref), (1, "王芳", "ok", "N1"))

    def test_body_that_is_nested_without_end_is_no_json(self):
        response = self._post(b"[" * 200_000)
        self.assertEqual((response.status_code, bool(response.json()["error"])), (400, True))
