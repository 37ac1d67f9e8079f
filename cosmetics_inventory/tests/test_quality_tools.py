import doctest
import random

from odoo.tests import BaseCase, tagged

from ..tools import recall_balance, tester_life


@tagged("post_install", "-at_install")
class TestQualityTools(BaseCase):
    def _run_doctests(self, module):
        result = doctest.testmod(module)
        self.assertGreater(result.attempted, 0, "no example was found")
        self.assertEqual(result.failed, 0)

    def test_examples_of_the_balance_hold(self):
        self._run_doctests(recall_balance)

    def test_examples_of_the_life_of_a_tester_hold(self):
        self._run_doctests(tester_life)

    def test_any_flows_balance_with_the_stock_they_leave_and_with_no_other(self):
        dice = random.Random(44)
        for number in range(300):
            flows, stock = [], 0
            for _step in range(dice.randint(1, 40)):
                source, target = dice.choice(recall_balance.PLACES), dice.choice(recall_balance.PLACES)
                quantity = dice.choice([1, 2, 12, 0.5, 0.1])
                stock += quantity * ((target == "stock") - (source == "stock"))
                flows.append(recall_balance.Flow(source, target, quantity))
            with self.subTest(number):
                self.assertTrue(recall_balance.balance_of(flows, stock).is_balanced)
                self.assertEqual(recall_balance.balance_of(flows, stock - 0.1).difference, 0.1)

    def test_returns_never_exceed_sales_and_nothing_is_lost(self):
        dice = random.Random(7)
        for number in range(200):
            sales = [
                recall_balance.Sale(key, dice.choice([None, "Li", "Wang"]), dice.randint(1, 2), dice.randint(1, 9), dice.randint(1, 5))
                for key in range(dice.randint(0, 12))
            ]
            comebacks = [
                recall_balance.Comeback(
                    dice.choice([None, 1, 3, 99]),
                    dice.choice([None, "Li", "Zhao"]),
                    dice.randint(1, 2),
                    dice.randint(1, 12),
                    dice.randint(1, 4),
                )
                for _step in range(dice.randint(0, 12))
            ]
            over = recall_balance.spread_returns(sales, comebacks)
            with self.subTest(number):
                self.assertFalse([sale for sale in sales if sale.returned > sale.quantity])
                self.assertEqual(sum(sale.returned for sale in sales) + over, sum(comeback.quantity for comeback in comebacks))
