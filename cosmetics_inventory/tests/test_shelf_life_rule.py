import doctest
import itertools

from odoo.tests import BaseCase, tagged

from ..tools import fefo, shelf_life_rule
from ..tools.shelf_life_rule import Facts, Place, kind_of, refusal_of

CENTRE = Place("internal", warehouse=1)
SHELF = Place("internal", warehouse=2, is_shop=True)
OTHER_SHELF = Place("internal", warehouse=3, is_shop=True)
LOOSE = Place("internal")
PLACES = {
    "centre": CENTRE,
    "shelf": SHELF,
    "other shelf": OTHER_SHELF,
    "loose": LOOSE,
    "customer": Place("customer"),
    "supplier": Place("supplier"),
    "transit": Place("transit"),
    "production": Place("production"),
    "scrap": Place("inventory"),
    "gift": Place("inventory", use="gift"),
    "tester": Place("inventory", use="tester"),
}
OBSTACLES = ("expired", "stopped", "quarantine", "rejected", "recalled")
# Every way on which goods reach people; all others are free.
TO_PEOPLE = {"customer", "transit", "production", "gift", "tester"}


@tagged("post_install", "-at_install")
class TestShelfLifeRule(BaseCase):
    def test_examples_of_the_rule_hold(self):
        for module in (shelf_life_rule, fefo):
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 0, "no example was found")
            self.assertEqual(result.failed, 0)

    def test_every_way_of_every_blocked_batch(self):
        paths = 0
        for source, destination, code in itertools.product(PLACES, PLACES, OBSTACLES):
            to_shop = "shelf" in destination and source not in (destination, "customer", "scrap", "gift", "tester")
            refused = destination in TO_PEOPLE or to_shop
            if source == "supplier" and to_shop and code == "quarantine":
                refused = False  # it waits for inspection in the shop itself
            with self.subTest(source=source, destination=destination, code=code):
                facts = Facts(PLACES[source], PLACES[destination], obstacle=code)
                self.assertEqual(refusal_of(facts), code if refused else None)
            paths += 1
        self.assertEqual(paths, 11 * 11 * 5)

    def test_a_batch_that_may_be_sold_goes_everywhere(self):
        for source, destination in itertools.product(PLACES.values(), PLACES.values()):
            self.assertIsNone(refusal_of(Facts(source, destination)))

    def test_the_end_of_the_chain_decides(self):
        self.assertEqual(kind_of(CENTRE, CENTRE, PLACES["customer"]), "sale")
        self.assertEqual(kind_of(CENTRE, CENTRE, SHELF), "sale")
        self.assertEqual(kind_of(CENTRE, CENTRE, PLACES["scrap"]), "internal")
        self.assertEqual(kind_of(PLACES["customer"], CENTRE, CENTRE), "return")

    def test_only_stopped_goods_and_promises_can_be_let_through(self):
        everything = frozenset({"stop", "promise", *OBSTACLES})
        let_through = [code for code in OBSTACLES if not refusal_of(Facts(CENTRE, PLACES["customer"], obstacle=code, overrides=everything))]
        self.assertEqual(let_through, ["stopped"])
        broken = Facts(CENTRE, PLACES["customer"], breaks_promise=True)
        self.assertEqual(refusal_of(broken), "promise")
        self.assertIsNone(refusal_of(Facts(CENTRE, PLACES["customer"], breaks_promise=True, overrides=everything)))
        self.assertEqual(
            refusal_of(Facts(CENTRE, PLACES["customer"], obstacle="stopped", overrides=frozenset({"promise"}))),
            "stopped",
            "a release of one kind is no release of the other",
        )

    def test_a_promise_concerns_customers_only(self):
        self.assertIsNone(refusal_of(Facts(CENTRE, SHELF, breaks_promise=True)))
        self.assertEqual(refusal_of(Facts(CENTRE, CENTRE, PLACES["customer"], breaks_promise=True)), "promise")
