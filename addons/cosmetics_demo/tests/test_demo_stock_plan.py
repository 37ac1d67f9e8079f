import json
import random
from collections import Counter, defaultdict

from odoo.tests import BaseCase, tagged

from ..loader.stock import opening_ref
from ..plan import build, dice, orders, stock, supply

NEAR_DAYS = 180


@tagged("post_install", "-at_install")
class TestDemoStockPlan(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = build()
        cls.products = {row["ref"]: row for row in cls.plan["products"]}
        batches = defaultdict(list)
        for batch in cls.plan["batches"]:
            batches[batch["product"]].append(batch)
        cls.batches = dict(batches)

    def test_each_table_is_drawn_alike_whatever_else_uses_chance(self):
        random.seed(1)
        first = build()
        random.seed(2)
        second = build()
        for key, table in first.items():
            self.assertEqual(json.dumps(table, sort_keys=True), json.dumps(second[key], sort_keys=True), key)

    def test_what_one_thing_draws_does_not_move_another(self):
        before = dice.dice("batches", "qtl001").random()
        other = dice.dice("batches", "qtl002")
        other.random()
        self.assertEqual(dice.dice("batches", "qtl001").random(), before)
        self.assertNotEqual(dice.dice("batches", "qtl002").random(), before)

    def test_batches_and_opening_of_a_product_do_not_depend_on_the_others(self):
        products = self.plan["products"]
        fewer = products[:-1]
        batches = stock.batches(fewer)
        self.assertEqual(batches, self.plan["batches"][: len(batches)])
        opening = stock.opening(fewer, batches)
        self.assertEqual(opening, self.plan["opening"][: len(opening)])
        self.assertLess(len(opening), len(self.plan["opening"]))

    def test_goods_have_batches_exactly_if_they_expire(self):
        expiring = {ref for ref, row in self.products.items() if row["shelf_life_months"]}
        self.assertEqual(set(self.batches), expiring)
        names = [batch["name"] for batch in self.plan["batches"]]
        self.assertEqual(len(names), len(set(names)))
        for ref, batches in self.batches.items():
            self.assertIn(len(batches), (2, 3), ref)
            self.assertEqual([batch["name"] for batch in batches], [f"{self.products[ref]['code']}-{c}" for c in "ABC"[: len(batches)]])

    def test_every_batch_was_made_before_today_and_expires_after_it(self):
        for ref, batches in self.batches.items():
            life = self.products[ref]["shelf_life_months"] * stock.DAYS_OF_MONTH
            for batch in batches:
                self.assertTrue(0 < batch["days_left"] < life, batch["name"])

    def test_batches_are_lettered_in_the_order_in_which_they_expire(self):
        for ref, batches in self.batches.items():
            days = [batch["days_left"] for batch in batches]
            self.assertEqual(days, sorted(set(days)), ref)

    def test_a_third_batch_is_near_expiry_warned_of_and_still_handed_out(self):
        thirds = [batches[0] for batches in self.batches.values() if len(batches) == 3]
        self.assertGreaterEqual(len(thirds), 5)
        self.assertLess(len(thirds), len(self.batches) / 4)
        for batch in thirds:
            self.assertTrue(stock.STOP_DAYS < batch["days_left"] < NEAR_DAYS, batch["name"])
        others = [batch for batches in self.batches.values() for batch in batches[-2:]]
        self.assertGreater(min(batch["days_left"] for batch in others), NEAR_DAYS)

    def test_each_place_lists_a_batch_once_and_only_what_is_there(self):
        refs = [opening_ref(line) for line in self.plan["opening"]]
        self.assertEqual(len(refs), len(set(refs)))
        for line in self.plan["opening"]:
            self.assertGreater(line["quantity"], 0)
            known = [batch["ref"] for batch in self.batches.get(line["product"], [])] or [None]
            self.assertIn(line["batch"], known)

    def test_quantities_lie_in_the_range_of_the_place(self):
        totals = Counter()
        for line in self.plan["opening"]:
            totals[line["store"], line["product"]] += line["quantity"]
        for (store, ref), total in totals.items():
            row = self.products[ref]
            least, most = (stock.CENTRAL_RANGE if store == "central" else stock.SHOP_RANGE)[row["item_class"]]
            factor = stock.LEFTOVER_STAGES.get(row["stage"], 1)
            self.assertTrue(max(1, int(least * factor)) <= total <= max(1, int(most * factor)), (store, ref, total))

    def test_shops_hold_what_may_be_sold_and_nothing_else(self):
        unsold = {ref for ref, row in self.products.items() if row["stage"] in ("introduction", "delisted")}
        self.assertTrue(unsold)
        for store in stock.SHOPS:
            held = {line["product"] for line in self.plan["opening"] if line["store"] == store}
            self.assertEqual(held, set(self.products) - unsold, store)

    def test_splitting_loses_nothing(self):
        for quantity in range(60):
            for parts in (1, 2, 3):
                split = stock.split(quantity, parts)
                self.assertEqual((sum(split), len(split)), (quantity, parts))
                self.assertEqual(split, sorted(split))

    def test_stock_is_opening_plus_received_less_delivered(self):
        expected = Counter()
        for line in stock.all_opening(self.plan):
            expected[line["product"]] += line["quantity"]
        for order in self.plan["purchases"]:
            for line in order["lines"] if order["state"] in ("received", "billed", "paid") else ():
                expected[line["product"]] += line["quantity"]
        for order in self.plan["sales"]:
            for line in order["lines"] if order["state"] in ("delivered", "invoiced", "paid") else ():
                expected[line["product"]] -= line["quantity"]
        for (_store, product, _batch), quantity in supply.missing().items():
            expected[product] -= quantity
        held = Counter()
        for (_store, product, _batch), quantity in stock.on_hand(self.plan).items():
            held[product] += quantity
        self.assertEqual(held, expected)

    def test_orders_leave_the_shops_alone(self):
        opening = {(line["store"], line["product"], line["batch"]): line["quantity"] for line in stock.all_opening(self.plan)}
        for key, quantity in stock.on_hand(self.plan).items():
            if key[0] != "central":
                self.assertEqual(quantity, opening[key] - supply.missing().get(key, 0), key)

    def test_what_expires_first_leaves_first(self):
        done = [order for order in self.plan["sales"] if order["state"] in ("delivered", "invoiced", "paid")]
        opening = {line["batch"]: line["quantity"] for line in self.plan["opening"] if line["store"] == "central"}
        held = {
            key[2]: quantity for key, quantity in stock.on_hand(self.plan | {"sales": done, "purchases": []}).items() if key[0] == "central"
        }
        touched = 0
        for batches in self.batches.values():
            for earlier, later in zip(batches, batches[1:], strict=False):
                if held.get(later["ref"]) != opening.get(later["ref"]):
                    self.assertFalse(held.get(earlier["ref"]), later["name"])
                touched += held.get(earlier["ref"]) != opening.get(earlier["ref"])
        self.assertGreater(touched, 10)

    def test_aged_batches_show_every_stage_and_one_is_expired_in_a_shop(self):
        aged = self.plan["aged"]
        self.assertEqual(len({batch["name"] for batch in stock.all_batches(self.plan)}), len(stock.all_batches(self.plan)))
        days = [batch["days_left"] for batch in aged]
        for low, high in ((-99, 0), (0, stock.STOP_DAYS), (stock.STOP_DAYS, 90), (NEAR_DAYS, 365)):
            self.assertTrue([left for left in days if low <= left <= high], (low, high))
        self.assertTrue([line for batch in aged if batch["days_left"] < 0 for line in batch["lines"] if line["store"] in stock.SHOPS])

    def test_what_is_no_longer_sold_never_leaves(self):
        held = stock.on_hand(self.plan)
        for batch in self.plan["aged"]:
            if batch["days_left"] <= stock.STOP_DAYS:
                for line in batch["lines"]:
                    self.assertEqual(held[line["store"], line["product"], batch["ref"]], line["quantity"], batch["name"])

    def test_purchases_ask_their_supplier_for_the_own_goods_at_the_agreed_price(self):
        self.assertEqual(len({order["supplier"] for order in self.plan["purchases"]}), len(self.plan["purchases"]))
        for order in self.plan["purchases"]:
            self.assertEqual(len({line["product"] for line in order["lines"]}), len(order["lines"]), order["ref"])
            for line in order["lines"]:
                row = self.products[line["product"]]
                self.assertEqual((row["supplier"], row["cost"]), (order["supplier"], line["price"]), order["ref"])
                self.assertIn(row["stage"], orders.BUYABLE_STAGES)
                self.assertTrue(line["quantity"] % 12 == 0 and line["quantity"] > 0, order["ref"])

    def test_received_goods_come_in_a_fresh_batch_of_their_own(self):
        known = {batch["ref"] for batch in self.plan["batches"]}
        for order in self.plan["purchases"]:
            for line in order["lines"]:
                is_received = order["state"] in ("received", "billed", "paid")
                self.assertEqual("batch" in line, is_received and line["product"] in self.batches, order["ref"])
                if "batch" in line:
                    self.assertNotIn(line["batch"]["ref"], known)
                    self.assertGreater(line["batch"]["days_left"], self.batches[line["product"]][-1]["days_left"])

    def test_sales_are_of_goods_on_sale_to_the_partners_of_their_channel(self):
        partners = {"wholesale": self.plan["customers"], "online": self.plan["members"]}
        for order in self.plan["sales"]:
            self.assertIn(order["partner"], {row["ref"] for row in partners[order["channel"]]}, order["ref"])
            self.assertEqual(len({line["product"] for line in order["lines"]}), len(order["lines"]), order["ref"])
            for line in order["lines"]:
                row = self.products[line["product"]]
                self.assertTrue(row["stage"] in orders.SELLABLE_STAGES and row["price"], order["ref"])
                self.assertGreater(line["quantity"], 0)

    def test_every_wholesale_customer_has_ordered(self):
        buyers = {order["partner"] for order in self.plan["sales"] if order["channel"] == "wholesale"}
        self.assertEqual(buyers, {row["ref"] for row in self.plan["customers"]})
        self.assertTrue(all(1 <= order["days_ago"] <= 25 for order in self.plan["sales"]))
