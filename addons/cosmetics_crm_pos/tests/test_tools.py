"""The rules of tickets, without a database."""

import doctest
import json
import re
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools import ticket_points as ticket

CASES = Path(__file__).parents[1] / "static/tests/unit/ticket_cases.js"
amounts = st.integers(1, 10**7)
# A loaded machine is no reason to fail.
CALM = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}


@tagged("post_install", "-at_install")
class TestTools(BaseCase):
    def test_examples_hold(self):
        result = doctest.testmod(ticket)
        self.assertFalse(result.failed)
        self.assertGreater(result.attempted, 15)

    def test_server_answers_the_cases_of_the_till(self):
        cases = json.loads(re.search(r"`(.*)`", CASES.read_text(encoding="utf-8"), re.DOTALL)[1])
        self.assertGreater(len(cases), 8)
        for case in cases:
            with self.subTest(case["name"]):
                goods = [
                    ticket.Goods(
                        line["ref"], line["amount"], line.get("quantity", 1), line.get("product"), line.get("untaxed", line["amount"]),
                        frozenset(line["rules"]) if "rules" in line else None,
                    )
                    for line in case["goods"]
                ]  # fmt: skip
                discounts = [
                    ticket.Discount(
                        one["ref"], one["amount"], frozenset(one["products"]) if "products" in one else None, one.get("pieces", 0)
                    )
                    for one in case.get("discounts", ())
                ]
                rules = [
                    ticket.Rule(
                        rule["mode"], rule["amount"], rule.get("ref"), rule.get("minimumQuantity", 0), rule.get("minimumAmount", 0),
                        rule.get("isMinimumUntaxed", False),
                    )
                    for rule in case["rules"]
                ]  # fmt: skip
                parts = ticket.allocate(goods, discounts)
                weights = ticket.weigh(goods, parts, rules, discounts)
                part, whole = ticket.undone(weights, case.get("fractions", {}))
                answer = {"paid": ticket.paid(goods, parts), "earned": ticket.earned(weights, case.get("multiplier", 1))}
                answer["undone"] = [round(part, 6), round(whole, 6)]
                self.assertEqual(answer, case["answer"])

    @given(st.lists(amounts, min_size=1, max_size=6), st.lists(amounts, max_size=4))
    @settings(**CALM)
    def test_what_is_paid_and_what_is_taken_off_add_up_to_the_price(self, prices, off):
        goods = [ticket.Goods(number, price) for number, price in enumerate(prices)]
        parts = ticket.allocate(goods, [ticket.Discount(f"d{number}", amount) for number, amount in enumerate(off)])
        paid = ticket.paid(goods, parts)
        taken = sum(sum(part.values()) for part in parts.values())
        self.assertEqual(sum(paid.values()) + taken, sum(prices))
        self.assertEqual(taken, min(sum(off), sum(prices)))
        self.assertTrue(all(cents >= 0 for cents in paid.values()))

    @given(st.integers(0, 10**9), st.tuples(amounts, amounts, amounts))
    @settings(**CALM)
    def test_shares_of_growing_parts_add_up_to_the_total(self, total, steps):
        upto = [ticket.share(total, sum(steps[:count]), sum(steps)) for count in range(4)]
        self.assertEqual((upto[0], upto[-1], sorted(upto)), (0, total, upto))
