"""What the allocation promises for any mixture of shops, batches and orders."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools import allocation, district_distance
from ..tools.allocation import ALLOCATED, CRITERIA, PARTIAL, WAITING, Batch, Need, Order, Place

QUICK = settings(max_examples=120, deadline=None, derandomize=True, database=None)
PLACES, PRODUCTS = "abc", "pq"
DAY = date(2027, 1, 1)
FIRST = datetime(2026, 11, 1)  # noqa: DTZ001 as the database has it
CODES = {"single", "only", "split", "partial", "short", "kept", "scattered", "no_place", *CRITERIA}

BATCHES = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 400)), max_size=3)
STOCK = st.fixed_dictionaries({(place, product): BATCHES for place in PLACES for product in PRODUCTS})
ORDER = st.fixed_dictionaries(
    {
        "needs": st.dictionaries(st.sampled_from(PRODUCTS), st.integers(1, 6), min_size=1),
        "places": st.lists(st.sampled_from(PLACES), max_size=3, unique=True),
        "criteria": st.permutations(CRITERIA).map(tuple),
        "max_places": st.integers(1, 3),
        "partial": st.booleans(),
        "ship_by": st.one_of(st.none(), st.integers(0, 5)),
        "ordered_at": st.integers(0, 5),
        "min_days": st.sampled_from((0, 180)),
    }
)
ORDERS = st.lists(ORDER, min_size=1, max_size=6)


def stock_of(drawn):
    """Return the shelves: each batch knows its last day."""
    return {
        shelf: [Batch((*shelf, number), quantity, DAY + timedelta(days)) for number, (quantity, days) in enumerate(batches)]
        for shelf, batches in drawn.items()
    }


def orders_of(drawn, reserve=0):
    """Return the orders; a promise of days lets only later batches count."""
    orders = []
    for key, plan in enumerate(drawn):
        least = DAY + timedelta(plan["min_days"])
        needs = tuple(
            Need((key, product), product, quantity, lambda _place, batch, least=least: batch.expiration_on >= least)
            for product, quantity in sorted(plan["needs"].items())
        )
        places = tuple(Place(place, number, (1, number), reserve) for number, place in enumerate(plan["places"]))
        ship_by = None if plan["ship_by"] is None else FIRST + timedelta(plan["ship_by"])
        rest = {name: plan[name] for name in ("criteria", "max_places", "partial")}
        orders.append(Order(key, needs, places, ship_by=ship_by, ordered_at=FIRST + timedelta(plan["ordered_at"]), **rest))
    return orders


@tagged("post_install", "-at_install")
class TestAllocationProperties(BaseCase):
    @QUICK
    @given(STOCK, ORDERS)
    def test_nothing_is_given_twice(self, drawn, plans):
        stock, orders = stock_of(drawn), orders_of(plans)
        given_of = defaultdict(float)
        for decision in allocation.decide(orders, stock).values():
            for part in decision.parts:
                given_of[part.place, part.need[1]] += part.quantity
        for shelf, quantity in given_of.items():
            self.assertLessEqual(quantity, sum(batch.quantity for batch in stock[shelf]))

    @QUICK
    @given(STOCK, ORDERS)
    def test_each_state_says_what_is_there(self, drawn, plans):
        orders = orders_of(plans)
        decisions = allocation.decide(orders, stock_of(drawn))
        for order in orders:
            decision = decisions[order.key]
            wanted = sum(need.quantity for need in order.needs)
            part = sum(each.quantity for each in decision.parts)
            self.assertIn(decision.code, CODES)
            self.assertLessEqual(len(decision.places), order.max_places)
            self.assertLessEqual(set(decision.places), {place.key for place in order.places})
            if decision.state == ALLOCATED:
                self.assertEqual((part, decision.missing), (wanted, ()))
            elif decision.state == PARTIAL:
                self.assertTrue(order.partial)
                self.assertTrue(0 < part < wanted)
                self.assertTrue(decision.missing)
            else:
                self.assertEqual((decision.state, decision.parts, decision.places), (WAITING, (), ()))
                self.assertTrue(decision.missing)

    @QUICK
    @given(STOCK, ORDERS)
    def test_the_same_question_has_the_same_answer(self, drawn, plans):
        orders = orders_of(plans)
        first = allocation.decide(orders, stock_of(drawn))
        self.assertEqual(allocation.decide(orders[::-1], stock_of(drawn)), first)

    @QUICK
    @given(STOCK, ORDERS)
    def test_a_batch_that_breaks_the_promise_is_as_good_as_none(self, drawn, plans):
        strict = [{**plan, "min_days": 180} for plan in plans]
        fresh = {shelf: [row for row in rows if row[1] >= 180] for shelf, rows in drawn.items()}
        self.assertEqual(
            [(made.state, made.places, made.parts) for made in allocation.decide(orders_of(strict), stock_of(drawn)).values()],
            [(made.state, made.places, made.parts) for made in allocation.decide(orders_of(strict), stock_of(fresh)).values()],
        )

    @QUICK
    @given(STOCK, ORDERS, st.integers(1, 3))
    def test_what_is_kept_for_walk_in_customers_stays(self, drawn, plans, reserve):
        stock, orders = stock_of(drawn), orders_of(plans, reserve)
        given_of = defaultdict(float)
        for decision in allocation.decide(orders, stock).values():
            for part in decision.parts:
                given_of[part.place, part.need[1]] += part.quantity
        for shelf, quantity in given_of.items():
            self.assertLessEqual(quantity, max(sum(batch.quantity for batch in stock[shelf]) - reserve, 0))

    @QUICK
    @given(STOCK, ORDER)
    def test_more_goods_never_make_an_order_wait(self, drawn, plan):
        plenty = {shelf: [*rows, (100, 400)] for shelf, rows in drawn.items()}
        if allocation.decide(orders_of([plan]), stock_of(drawn))[0].state == ALLOCATED:
            self.assertEqual(allocation.decide(orders_of([plan]), stock_of(plenty))[0].state, ALLOCATED)

    def _of_two_days(self, early, late, asked=True):
        """Return the orders of yesterday and those of today, none with a promised dispatch."""
        plain = [[{**plan, "ship_by": None, "min_days": 0} for plan in plans] for plans in (early, late)]
        yesterday, today = map(orders_of, plain)
        return (
            [replace(order, key=("early", order.key), asked=asked) for order in yesterday],
            [replace(order, key=("late", order.key), ordered_at=order.ordered_at + timedelta(30)) for order in today],
        )

    @QUICK
    @given(STOCK, ORDERS, ORDERS)
    def test_who_waits_loses_nothing_to_those_who_come_later(self, drawn, early, late):
        shelves = {shelf: sum(quantity for quantity, _days in rows) for shelf, rows in drawn.items()}
        yesterday, today = self._of_two_days(early, late, asked=False)
        made = allocation.decide(yesterday + today, {shelf: [Batch(shelf, there, DAY)] for shelf, there in shelves.items()})
        self.assertEqual(set(made), {order.key for order in today}, "those of yesterday only have their turn")
        asked, _today = self._of_two_days(early, late)
        before = allocation.decide(asked, {shelf: [Batch(shelf, there, DAY)] for shelf, there in shelves.items()})
        for decision in made.values():
            for part in decision.parts:
                shelves[part.place, part.need[1]] -= part.quantity
        self.assertTrue(all(there >= 0 for there in shelves.values()))
        after = allocation.decide(asked, {shelf: [Batch(shelf, there, DAY)] for shelf, there in shelves.items()})
        for key, decision in before.items():
            given_before, given_after = (sum(part.quantity for part in of[key].parts) for of in (before, after))
            self.assertEqual((after[key].state, given_after), (decision.state, given_before))

    @QUICK
    @given(STOCK, ORDERS, ORDERS)
    def test_who_keeps_nothing_and_wants_nothing_firm_stands_in_nobodys_way(self, drawn, early, late):
        yesterday, today = self._of_two_days(early, late, asked=False)
        mere = [replace(order, firm=False, keeps=False) for order in yesterday]
        stock = stock_of(drawn)
        self.assertEqual(allocation.decide(mere + today, stock), allocation.decide(today, stock))

    @QUICK
    @given(STOCK, ORDERS, ORDERS)
    def test_priority_goes_before_every_date(self, drawn, early, late):
        yesterday, today = self._of_two_days(early, late, asked=False)
        urgent = [replace(order, priority=0) for order in today]
        stock = stock_of(drawn)
        self.assertEqual(allocation.decide(yesterday + urgent, stock), allocation.decide(urgent, stock))

    def test_the_promised_dispatch_goes_before_the_earlier_order(self):
        stock = {("a", "p"): [Batch(1, 1, DAY)]}
        late = Order("late", (Need(1, "p", 1),), (Place("a"),), ordered_at=FIRST)
        due = Order("due", (Need(2, "p", 1),), (Place("a"),), ordered_at=FIRST + timedelta(9), ship_by=FIRST + timedelta(10))
        made = allocation.decide([late, due], stock)
        self.assertEqual((made["due"].state, made["late"].state), (ALLOCATED, WAITING))

    def test_an_order_without_candidates_says_so(self):
        made = allocation.decide([Order(1, (Need(1, "p", 2),), ())], {})[1]
        self.assertEqual((made.state, made.code, made.missing), (WAITING, "no_place", ((1, 2, 0.0),)))

    def test_the_fewest_open_deliveries_win(self):
        stock = {(place, "p"): [Batch(place, 9, DAY)] for place in "ab"}
        order = Order(1, (Need(1, "p", 1),), (Place("a", 0), Place("b", 1)), ("full", "load"))
        self.assertEqual(allocation.decide([order], stock, {"a": 3, "b": 1})[1].places, ("b",))
        self.assertEqual(allocation.decide([order], stock, {"a": 1, "b": 1})[1].places, ("a",))


@tagged("post_install", "-at_install")
class TestDistrictDistance(BaseCase):
    def test_borders_count_before_kilometres(self):
        ranks = [district_distance.distance("610113", code)[0] for code in ("610113", "610103", "610402", "110101", "")]
        self.assertEqual(ranks, sorted(set(ranks)))

    def test_there_and_back_is_the_same(self):
        for here in district_distance.CENTRES:
            for there in district_distance.CENTRES:
                self.assertEqual(district_distance.kilometres(here, there), district_distance.kilometres(there, here))

    def test_xian_is_no_wider_than_two_hundred_kilometres(self):
        for here in district_distance.CENTRES:
            for there in district_distance.CENTRES:
                kilometres = district_distance.kilometres(here, there)
                self.assertLess(kilometres, 200)
                self.assertEqual(kilometres == 0, here == there or kilometres < 1)
