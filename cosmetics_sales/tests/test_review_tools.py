"""The decision without a database."""

import doctest
from datetime import datetime, timedelta

from odoo.tests import BaseCase

from ..tools import review
from ..tools.review import Facts, Line, Other, Rule, decide


class TestReviewTools(BaseCase):
    def test_doctests_hold(self):
        result = doctest.testmod(review)
        self.assertGreater(result.attempted, 5)
        self.assertEqual(result.failed, 0)

    def _kinds(self, rules, *orders, others=()):
        return [(found.order_id, found.rule.kind) for found in decide(rules, orders, others)]

    def test_margin_is_part_of_the_floor(self):
        order = Facts(order_id=1, lines=(Line(net=11, gross=11, usual=11, cost=10),))
        self.assertEqual(self._kinds([Rule(1, "floor", margin=10)], order), [])
        self.assertEqual(self._kinds([Rule(1, "floor", margin=10.1)], order), [(1, "floor")])

    def test_a_gift_is_not_below_the_floor(self):
        order = Facts(order_id=1, lines=(Line(net=0, gross=0, usual=10, cost=10, is_gift=True),))
        self.assertEqual(self._kinds([Rule(1, "floor"), Rule(2, "control")], order), [])

    def test_orders_of_one_customer_share_the_limit(self):
        rule = Rule(1, "credit", "block")
        orders = [Facts(order_id=number, customer_id=5, amount=60.0, limit=100.0) for number in (1, 2)]
        self.assertEqual(self._kinds([rule], *orders), [(2, "credit")])
        self.assertEqual(self._kinds([rule], Facts(order_id=1, customer_id=5, amount=100.0, limit=100.0)), [])
        self.assertEqual(self._kinds([rule], Facts(order_id=1, customer_id=5, amount=1e6, limit=None)), [])

    def test_only_the_later_order_is_the_duplicate(self):
        at = datetime(2026, 3, 1, 12)  # noqa: DTZ001 as the database has it
        buyers, lines = frozenset({"+8613912345678"}), (Line(product_id=3, quantity=2),)
        order = Facts(order_id=9, buyers=buyers, lines=lines, ordered_at=at)
        earlier = Other(8, "S8", buyers, frozenset({(3, 2)}), at - timedelta(hours=23))
        rule = Rule(1, "duplicate", hours=24)
        self.assertEqual(self._kinds([rule], order, others=(earlier,)), [(9, "duplicate")])
        for change in (
            {"order_id": 10},
            {"ordered_at": at - timedelta(hours=25)},
            {"buyers": frozenset({"+8613900000000"})},
            {"basket": frozenset({(3, 1)})},
        ):
            other = Other(**{**earlier.__dict__, **change})
            self.assertEqual(self._kinds([rule], order, others=(other,)), [], change)

    def test_what_needs_no_parcel_needs_no_address(self):
        service = Facts(order_id=1, lines=(Line(is_goods=False),), phone_kind="empty")
        self.assertEqual(self._kinds([Rule(1, "address"), Rule(2, "phone")], service), [])
        goods = Facts(order_id=1, lines=(Line(),), phone_kind="masked", receiver={"name": "A", "street": "B"})
        self.assertEqual(self._kinds([Rule(1, "address"), Rule(2, "phone")], goods), [(1, "address"), (1, "phone")])

    def test_rule_of_a_kind_of_channel(self):
        order = Facts(order_id=1, channel_kind="web", amount=20.0)
        self.assertEqual(self._kinds([Rule(1, "amount", channel_kind="till")], order), [])
        self.assertEqual(self._kinds([Rule(1, "amount", channel_kind="web")], order), [(1, "amount")])
