"""The plain Python of the allocation: its examples hold, and so do its promises for any mixture of orders."""

import doctest
import random
from datetime import date

from odoo.tests import BaseCase, tagged

from ..tools import allocation, district_distance
from ..tools.allocation import Batch, Need, Order, Place


@tagged("post_install", "-at_install")
class TestAllocationTools(BaseCase):
    def test_examples_hold(self):
        for module in (allocation, district_distance):
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 0)
            self.assertEqual(result.failed, 0)

    def test_near_expiry_goes_first(self):
        places = (Place("a", 0), Place("b", 1))
        stock = {("a", "p"): [Batch(1, 5, date(2029, 1, 1))], ("b", "p"): [Batch(2, 5, date(2027, 1, 1)), Batch(3, 5, date(2030, 1, 1))]}
        need = (Need(1, "p", 2),)
        made = allocation.decide([Order(1, need, places, ("full", "expiry"))], stock)[1]
        self.assertEqual((made.places, made.code), (("b",), "expiry"))

    def test_batch_that_breaks_the_promise_is_never_given(self):
        places = (Place("a", 0), Place("b", 1))
        stock = {("a", "p"): [Batch(1, 5, date(2027, 1, 1))], ("b", "p"): [Batch(2, 5, date(2029, 1, 1))]}

        def accepts(_place, batch):
            return batch.expiration_on > date(2028, 1, 1)

        orders = [Order(key, (Need(key, "p", 4, accepts),), places) for key in (1, 2)]
        made = allocation.decide(orders, stock)
        self.assertEqual((made[1].places, made[2].state, made[2].missing), (("b",), "waiting", ((2, 4, 1),)))

    def test_nearest_shop_with_one_piece_does_not_use_up_the_parcels(self):
        places = (Place("near", 2, (0, 0)), Place("far", 0, (1, 1)), Place("farther", 1, (1, 2)))
        stock = {("near", "p"): [Batch(1, 1)], ("far", "p"): [Batch(2, 3)], ("farther", "p"): [Batch(3, 3)]}
        made = allocation.decide([Order(1, (Need(1, "p", 6),), places, ("nearest",), max_places=2)], stock)[1]
        self.assertEqual((made.state, set(made.places)), ("allocated", {"far", "farther"}))

    def test_goods_an_order_leaves_behind_are_free_for_the_next(self):
        places = (Place("a", 0), Place("b", 1))
        stock = {("b", "p"): [Batch(1, 3)]}
        moving = Order(1, (Need(1, "p", 3),), places, held={("a", "p"): [Batch(2, 2)]})
        made = allocation.decide([moving, Order(2, (Need(2, "p", 2),), places)], stock)
        self.assertEqual((made[1].places, made[2].places), (("b",), ("a",)))

    def test_nothing_is_given_twice_whatever_the_orders(self):
        chance = random.Random(20261123)
        for _round in range(200):
            stock = {
                (place, product): [Batch(f"{place}{product}{number}", chance.randint(0, 6)) for number in range(2)]
                for place in "abc"
                for product in "pq"
            }
            there = {shelf: sum(batch.quantity for batch in batches) for shelf, batches in stock.items()}
            orders = [
                Order(
                    key,
                    tuple(Need((key, product), product, chance.randint(1, 5)) for product in chance.sample("pq", chance.randint(1, 2))),
                    tuple(Place(place, priority, reserve=priority) for priority, place in enumerate("abc")),
                    max_places=chance.randint(1, 3),
                    partial=chance.random() < 0.3,
                )
                for key in range(8)
            ]
            decisions = allocation.decide(orders, stock)
            given = {}
            for order in orders:
                decision = decisions[order.key]
                wanted = {need.key: need.quantity for need in order.needs}
                self.assertLessEqual(len(decision.places), order.max_places)
                for part in decision.parts:
                    given[part.place, part.need[1]] = given.get((part.place, part.need[1]), 0) + part.quantity
                    wanted[part.need] -= part.quantity
                if decision.state == "allocated":
                    self.assertEqual(set(wanted.values()), {0})
                else:
                    self.assertTrue(decision.missing)
            for (place, product), quantity in given.items():
                self.assertLessEqual(quantity, max(there[place, product] - "abc".index(place), 0))
