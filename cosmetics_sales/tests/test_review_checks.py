"""Each check of the review by itself: what it finds, what it lets pass, and what the sentence will say."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools.review import CHECKS, UNUSABLE_PHONES, Facts, Line, Other, Rule, decide, given_away

AT = datetime(2026, 11, 11, 12)  # noqa: DTZ001 as the database has it
ADDRESS = {
    "name": "王芳",
    "street": "小寨东路1号",
    "place": "雁塔区",
    "district_id": 13,
    "state_id": 27,
    "address": "西安市雁塔区小寨东路1号",
}
QUICK = settings(max_examples=150, deadline=None, derandomize=True, database=None)
PRICE = st.integers(0, 500).map(float)


def find(kind, facts, others=(), **rule):
    """Return the figures of the one finding of a rule of that kind, None when there is none."""
    found = decide([Rule(1, kind, **rule)], [facts], others)
    return found[0].figures if found else None


def order(*lines, **facts):
    """Return the facts of an order of these lines."""
    return Facts(**{"order_id": 7, "company_id": 1, "receiver": ADDRESS, "lines": lines or (Line(),), **facts})


@tagged("post_install", "-at_install")
class TestReviewChecks(BaseCase):
    def test_every_check_lets_a_plain_order_pass(self):
        plain = order(Line(product_id=1, name="Cream", net=100, gross=113, usual=113, cost=60, control=99), amount=113.0, ordered_at=AT)
        for kind in CHECKS:
            with self.subTest(kind=kind):
                self.assertIsNone(find(kind, plain, amount=10_000.0, discount=20.0))

    # ------------------------------------------------------------------ prices
    def test_floor_to_the_cent(self):
        for net, is_found in ((60.0, False), (59.99, True), (60.01, False), (0.0, True)):
            with self.subTest(net=net):
                self.assertEqual(bool(find("floor", order(Line(net=net, gross=net, usual=net, cost=60)))), is_found)

    def test_floor_names_the_first_product_below_it(self):
        lines = Line(name="A", net=9, gross=9, cost=8), Line(name="B", net=5, gross=5, cost=8), Line(name="C", net=1, gross=1, cost=8)
        self.assertEqual(find("floor", order(*lines)), {"product": "B", "product_id": 0, "price": 5, "floor": 8})

    def test_services_and_what_comes_back_have_no_floor(self):
        for line in (
            Line(net=1, gross=1, cost=8, is_goods=False),
            Line(net=1, gross=1, cost=8, quantity=-1),
            Line(net=-5, gross=-5, cost=8),
            Line(net=0, gross=0, cost=8, is_gift=True),
        ):
            with self.subTest(line=line):
                self.assertIsNone(find("floor", order(line)))

    def test_control_price_is_what_the_consumer_pays(self):
        for gross, is_found in ((99.0, False), (98.99, True)):
            line = Line(name="Cream", net=80, gross=gross, usual=129, control=99)
            with self.subTest(gross=gross):
                self.assertEqual(bool(find("control", order(line))), is_found)
        self.assertIsNone(find("control", order(Line(gross=1, control=0))), "no control price, no check")

    def test_discount_above_the_limit_only(self):
        for gross, is_found in ((80.0, False), (79.0, True), (100.0, False), (120.0, False)):
            with self.subTest(gross=gross):
                self.assertEqual(bool(find("discount", order(Line(usual=100, gross=gross)), discount=20.0)), is_found)

    def test_a_gift_is_no_discount_and_a_negative_line_is(self):
        for by_hand in (False, True):
            self.assertEqual(given_away([Line(usual=100, gross=100), Line(usual=25, is_gift=True, is_by_hand=by_hand)]), 0.0)
        self.assertEqual(given_away([Line(usual=100, gross=100), Line(usual=-40, gross=-40)]), 40.0)
        self.assertEqual(given_away([Line(usual=100, gross=90, quantity=2), Line(usual=100, gross=50, quantity=-1)]), 10.0)

    def test_one_cheap_line_is_not_hidden_by_many_others(self):
        lines = [Line(usual=100, gross=100, quantity=50), Line(usual=100, gross=10)]
        self.assertEqual(given_away(lines), 90.0)

    @QUICK
    @given(st.lists(st.tuples(PRICE, PRICE, st.integers(1, 9)), max_size=6))
    def test_a_discount_is_a_percentage(self, rows):
        discount = given_away([Line(usual=usual, gross=gross, quantity=quantity) for usual, gross, quantity in rows])
        self.assertGreaterEqual(discount, 0)
        self.assertLessEqual(discount, 100)

    @QUICK
    @given(st.lists(st.tuples(PRICE, st.integers(1, 9)), max_size=6))
    def test_the_usual_price_is_no_discount(self, rows):
        self.assertEqual(given_away([Line(usual=price, gross=price, quantity=quantity) for price, quantity in rows]), 0.0)

    # ------------------------------------------------------------------ customer
    def test_credit_counts_what_is_owed_and_the_orders_before(self):
        first, second, other = (
            order(order_id=number, customer_id=customer, owed=30.0, amount=40.0, limit=100.0)
            for number, customer in ((1, 5), (2, 5), (3, 6))
        )
        found = decide([Rule(1, "credit")], [first, second, other])
        self.assertEqual([(each.order_id, each.figures["total"]) for each in found], [(2, 110.0)])

    def test_a_limit_of_nothing_is_a_limit(self):
        self.assertEqual(find("credit", order(amount=1.0, limit=0.0)), {"total": 1.0, "limit": 0.0})
        self.assertIsNone(find("credit", order(amount=1e9, limit=None)))

    def test_another_company_does_not_share_the_limit(self):
        orders = [order(order_id=number, company_id=number, customer_id=5, amount=60.0, limit=100.0) for number in (1, 2)]
        self.assertEqual(decide([Rule(1, "credit")], orders), [])

    def test_duplicate_at_the_edge_of_its_hours(self):
        basket = order(Line(product_id=3, quantity=2), buyers=frozenset({"a"}), ordered_at=AT)
        for before, is_found in ((timedelta(0), True), (timedelta(hours=24), True), (timedelta(hours=24, seconds=1), False)):
            other = Other(6, "S6", frozenset({"a", "b"}), frozenset({(3, 2)}), AT - before)
            with self.subTest(before=before):
                self.assertEqual(bool(find("duplicate", basket, (other,), hours=24)), is_found)

    def test_order_of_the_lines_and_gifts_do_not_hide_a_duplicate(self):
        lines = (
            Line(product_id=4, quantity=1),
            Line(product_id=3, quantity=1),
            Line(product_id=3, quantity=1),
            Line(product_id=9, is_gift=True),
        )
        other = Other(6, "S6", frozenset({"a"}), frozenset({(3, 2), (4, 1)}), AT)
        self.assertEqual(find("duplicate", order(*lines, buyers=frozenset({"a"}), ordered_at=AT), (other,))["order"], "S6")

    def test_an_empty_order_duplicates_nothing(self):
        other = Other(6, "S6", frozenset({"a"}), frozenset(), AT)
        self.assertIsNone(find("duplicate", order(Line(quantity=0), buyers=frozenset({"a"}), ordered_at=AT), (other,)))
        self.assertIsNone(find("duplicate", order(Line(product_id=3), buyers=frozenset({"a"})), (other,)), "no time, no comparison")

    def test_first_order(self):
        self.assertEqual(find("first", order(is_first=True, amount=9.0)), {"amount": 9.0})

    # ------------------------------------------------------------------ receiver
    def test_the_first_missing_part_of_an_address_is_named(self):
        for missing, part in ((("name",), "name"), (("street", "place"), "street"), (("place",), "place")):
            receiver = {**ADDRESS, **dict.fromkeys(missing, "")}
            with self.subTest(missing=missing):
                self.assertEqual(find("address", order(receiver=receiver))["part"], part)
        self.assertEqual(find("address", order(receiver={})), {"part": "name", "address": ""})

    def test_every_unusable_telephone_is_found(self):
        for kind in sorted(UNUSABLE_PHONES):
            with self.subTest(kind=kind):
                self.assertEqual(find("phone", order(phone_kind=kind, phone="x")), {"phone_kind": kind, "phone": "x"})
        for kind in ("mobile", "landline", "virtual"):
            with self.subTest(kind=kind):
                self.assertIsNone(find("phone", order(phone_kind=kind)))

    def test_region_by_district_or_province(self):
        for rule, is_found in (
            ({"district_ids": frozenset({13})}, True), ({"state_ids": frozenset({27})}, True),
            ({"district_ids": frozenset({14})}, False), ({}, False),
        ):  # fmt: skip
            with self.subTest(rule=rule):
                self.assertEqual(bool(find("region", order(), **rule)), is_found)

    def test_an_address_that_is_not_known_is_in_no_blocked_region(self):
        unknown = order(receiver={"district_id": None, "state_id": None})
        self.assertIsNone(find("region", unknown, district_ids=frozenset({13}), state_ids=frozenset({27})))

    def test_what_is_picked_up_by_nobody_needs_no_receiver(self):
        service = order(Line(is_goods=False), receiver={}, phone_kind="empty")
        for kind in ("address", "phone", "region"):
            with self.subTest(kind=kind):
                self.assertIsNone(find(kind, service, state_ids=frozenset({None})))

    # ------------------------------------------------------------------ goods, amount, which rules look
    def test_short_goods_are_named_with_what_is_missing(self):
        lines = Line(name="A", quantity=5), Line(name="B", quantity=3, missing=2)
        self.assertEqual(find("stock", order(*lines)), {"product": "B", "product_id": 0, "quantity": 3, "missing": 2})

    def test_product_that_is_not_sold(self):
        self.assertEqual(find("lifecycle", order(Line(name="A"), Line(name="B", is_sellable=False))), {"product": "B", "product_id": 0})

    def test_amount_at_the_limit_passes(self):
        for amount, is_found in ((1000.0, False), (1000.01, True)):
            with self.subTest(amount=amount):
                self.assertEqual(bool(find("amount", order(amount=amount), amount=1000.0)), is_found)

    def test_rules_of_other_companies_channels_and_kinds_look_away(self):
        facts = order(amount=5.0, channel_id=3, channel_kind="web")
        for rule, is_found in (
            ({}, True), ({"company_id": 1}, True), ({"company_id": 2}, False), ({"channel_kind": "web"}, True),
            ({"channel_kind": "till"}, False), ({"channel_ids": frozenset({3})}, True), ({"channel_ids": frozenset({4})}, False),
            ({"channel_ids": frozenset({3}), "channel_kind": "till"}, False),
        ):  # fmt: skip
            with self.subTest(rule=rule):
                self.assertEqual(bool(find("amount", facts, **rule)), is_found)

    def test_findings_come_order_by_order_and_rule_by_rule(self):
        orders = [order(order_id=number, amount=9.0, is_first=True) for number in (4, 2)]
        found = decide([Rule(8, "first"), Rule(9, "amount")], orders)
        self.assertEqual([(each.order_id, each.rule.id) for each in found], [(4, 8), (4, 9), (2, 8), (2, 9)])
