"""Who is served from which batch, without a database."""

import doctest
from datetime import date

from odoo.addons.cosmetics_inventory_sales.tools import supply
from odoo.tests import BaseCase, tagged

DAY = date(2026, 11, 23)
LATER = date(2027, 6, 1)


def batch(key, free, expiration_on, stop=None, **values):
    """Return a batch of one shelf."""
    return supply.Batch(key, "shelf", free, expiration_on, stop or expiration_on, **values)


def demand(key, quantity, **values):
    """Return a demand on that shelf."""
    return supply.Demand(key, "shelf", values.pop("day", DAY), quantity, **values)


@tagged("-at_install", "post_install")
class TestSupply(BaseCase):
    def test_examples_hold(self):
        result = doctest.testmod(supply)
        self.assertGreater(result.attempted, 8)
        self.assertEqual(result.failed, 0)

    def test_first_expiring_goes_first_whatever_the_order_of_the_list(self):
        batches = [batch("B", 5, date(2029, 1, 1)), batch("A", 5, date(2028, 1, 1))]
        supplies = supply.allocate(batches, [demand(1, 3), demand(2, 3), demand(3, 3)])
        self.assertEqual([(found.batch, found.free) for found in supplies.values()], [("A", 10), ("A", 7), ("B", 4)])

    def test_goods_stopped_on_the_day_are_neither_free_nor_withheld(self):
        found = supply.allocate([batch("A", 5, date(2027, 3, 1), date(2027, 1, 14))], [demand(1, 1, day=LATER)])[1]
        self.assertEqual((found.free, found.withheld), (0, 0))

    def test_goods_below_the_promise_are_withheld(self):
        found = supply.allocate([batch("A", 5, date(2027, 3, 1))], [demand(1, 9, min_expiration_on=LATER)])[1]
        self.assertEqual((found.free, found.withheld, found.batch), (0, 5, None))

    def test_demand_that_takes_all_leaves_nothing_and_never_less(self):
        supplies = supply.allocate([batch("A", 5, LATER)], [demand(1, 9), demand(2, 9)])
        self.assertEqual([found.free for found in supplies.values()], [5, 0])

    def test_more_promised_than_there_counts_as_nothing(self):
        self.assertEqual(supply.allocate([batch("A", -3, LATER)], [demand(1, 1)])[1].free, 0)

    def test_shelves_do_not_lend_to_each_other(self):
        other = supply.Demand(2, "elsewhere", DAY, 1)
        self.assertEqual(supply.allocate([batch("A", 5, LATER)], [other])[2].free, 0)
