"""Another system sends orders with an API key."""

import json
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_order_import import OrderImportCommon

URL = "/cosmetics/api/orders"


@tagged("post_install", "-at_install")
class TestOrderApi(OrderImportCommon, HttpCase):
    def _key(self, user):
        keys = self.env["res.users.apikeys"].with_user(user)
        return keys._generate("rpc", "Test", fields.Datetime.now() + timedelta(days=1))

    def _send(self, content, user=None, key=None):
        """Send orders; return (status, answer)."""
        key = key or self._key(user or self.ecommerce_clerk)
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        response = self.url_open(URL, data=body, headers=headers)
        return response.status_code, response.json() if "json" in response.headers.get("Content-Type", "") else response.text

    def test_orders_are_created_updated_unchanged_and_rejected_each_with_its_answer(self):
        bad = self._payload(order_no="BAD", lines=[{"merchant_sku": "NO-SUCH", "qty": 1}])
        status, answer = self._send({"channel": "testpdd", "orders": [self._payload(), bad, "nothing"]})
        self.assertEqual((status, answer["created"], answer["rejected"]), (200, 1, 2))
        order = self.env["sale.order"].search([("channel_id", "=", self.channel.id)])
        self.assertEqual((answer["results"][0]["order"], order.create_uid), (order.name, self.ecommerce_clerk))
        self.assertIn("NO-SUCH", answer["results"][1]["reason"])
        _status, answer = self._send({"channel": "TESTPDD", "orders": [self._payload()]})
        self.assertEqual(answer["unchanged"], 1)
        _status, answer = self._send({"channel": "TESTPDD", "orders": [self._payload(state="done")]})
        self.assertEqual((answer["updated"], order.channel_state), (1, "done"))

    # The page that says 401 is Odoo's, with its bundles; what they log is not looked at here.
    @mute_logger("odoo.http", "odoo.addons.base.models.assetsbundle")
    def test_who_may_not_is_turned_away(self):
        content = {"channel": "TESTPDD", "orders": [self._payload()]}
        self.assertEqual(self._send(content, user=self.salesperson)[0], 403)
        self.assertEqual(self._send(content, key="0" * 40)[0], 401)
        self.assertFalse(self.env["sale.order"].search([("channel_id", "=", self.channel.id)]))

    def test_body_that_is_no_order_list_gets_a_sentence(self):
        for content in (b"{", b"[]", {"channel": "TESTPDD"}, {"channel": "TESTPDD", "orders": []}, {"channel": "%", "orders": [1]}):
            with self.subTest(content=content):
                status, answer = self._send(content)
                self.assertEqual(status, 400)
                self.assertTrue(answer["error"])
        self.assertEqual(self._send({"channel": "NO-SUCH", "orders": [{}]})[0], 404)
        self.assertEqual(self._send({"channel": "TESTPDD", "orders": [{}] * 201})[0], 400)

    def test_body_that_is_too_big_is_refused(self):
        self.assertEqual(self._send(b" " * ((2 << 20) + 1))[0], 413)
