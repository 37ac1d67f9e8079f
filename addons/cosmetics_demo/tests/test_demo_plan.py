import doctest
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import phonenumbers
from odoo.addons.cosmetics_base.tools import registration
from odoo.tests import BaseCase, tagged
from stdnum import ean
from stdnum.cn import uscc

from .. import plan
from ..loader import flows, products
from ..plan import bank, build, catalog, channel_orders, channels, dice, fingerprint, identity, orders, people, sales_history, stock, tables

FOLDER = Path(__file__).resolve().parents[1]
# A stand-in for the package, so that a bare Python can import the plan without the module's hook.
ALONE = """
import sys, types
package = types.ModuleType("demo")
package.__path__ = [{folder!r}]
sys.modules["demo"] = package
from demo.plan import build, fingerprint
print(fingerprint(build()), "odoo" in sys.modules)
"""


@tagged("post_install", "-at_install")
class TestDemoPlan(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = build()

    def test_examples_in_the_docstrings_hold(self):
        for module in (
            plan,
            bank,
            catalog,
            channel_orders,
            channels,
            dice,
            flows,
            identity,
            people,
            products,
            sales_history,
            stock,
            tables,
        ):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertEqual(result.failed, 0)
                self.assertGreater(result.attempted, 0)

    def test_two_machines_draw_the_same_company(self):
        expected = f"{fingerprint(self.plan)} False"
        for seed in ("1", "271828"):
            environment = dict(os.environ, PYTHONHASHSEED=seed)
            run = subprocess.run(
                [sys.executable, "-c", ALONE.format(folder=str(FOLDER))], capture_output=True, text=True, check=True, env=environment
            )
            self.assertEqual(run.stdout.strip(), expected)

    def test_a_changed_plan_has_another_fingerprint(self):
        other = build()
        other["members"][0]["name"] += "。"
        self.assertNotEqual(fingerprint(other), fingerprint(self.plan))

    def test_the_company_is_as_large_as_promised(self):
        least = {"brands": 8, "products": 80, "suppliers": 6, "customers": 12, "members": 60, "purchases": 6, "sales": 10}
        for key, count in least.items():
            self.assertGreaterEqual(len(self.plan[key]), count, key)
        kinds = Counter(store["kind"] for store in self.plan["stores"])
        self.assertEqual(kinds, {"warehouse": 1, "shop": 3, "online": 1})

    def test_references_are_unique_and_lead_somewhere(self):
        for key in ("brands", "products", "batches", "suppliers", "customers", "members", "stores", "purchases", "sales"):
            refs = [row["ref"] for row in self.plan[key]]
            self.assertEqual(len(refs), len(set(refs)), key)
        products = {row["ref"] for row in self.plan["products"]}
        lines = [line for order in self.plan["purchases"] + self.plan["sales"] for line in order["lines"]]
        self.assertLessEqual({line["product"] for line in lines + self.plan["opening"]}, products)
        for brand in self.plan["brands"]:
            used = {row["series"] for row in self.plan["products"] if row["brand"] == brand["ref"]}
            self.assertEqual(used, set(brand["series"]), brand["name"])

    def test_barcodes_are_valid_and_of_the_made_up_range(self):
        codes = [row["barcode"] for row in self.plan["products"]]
        self.assertEqual(len(codes), len(set(codes)))
        for code in codes:
            self.assertTrue(ean.is_valid(code) and len(code) == 13, code)
            self.assertTrue(code.startswith(identity.BARCODE_PREFIX), code)

    def test_registration_numbers_agree_with_kind_and_origin(self):
        imported = {row["ref"] for row in self.plan["brands"] if row["country"] != "CN"}
        for row in self.plan["products"]:
            number = registration.parse(row["registration_no"])
            if row["kind"] == "other":
                self.assertIsNone(number, row["name"])
                continue
            self.assertEqual((number.kind, number.number), (row["kind"], row["registration_no"]), row["name"])
            self.assertEqual(number.scope, "imported" if row["brand"] in imported else "domestic", row["name"])
            self.assertFalse(number.is_legacy)

    def test_special_claims_are_made_by_special_cosmetics_alone(self):
        for row in self.plan["products"]:
            is_special = bool({"01", "02", "03", "04", "05", "A"} & set(row["efficacies"]))
            self.assertEqual(is_special, row["kind"] == "special", row["name"])
            self.assertEqual(bool(row["spf"]), "04" in row["efficacies"], row["name"])

    def test_every_item_class_kind_and_stage_occurs(self):
        products = self.plan["products"]
        self.assertEqual({row["item_class"] for row in products}, {"full_size", "set", "sample", "gift", "tester", "tool"})
        self.assertEqual({row["kind"] for row in products}, {"ordinary", "special", "toothpaste", "other"})
        self.assertEqual({row["stage"] for row in products}, {"introduction", "promotion", "sale", "clearance", "delisted"})

    def test_credit_codes_are_valid_and_of_the_right_region(self):
        codes = [row["vat"] for row in [*self.plan["suppliers"], *self.plan["customers"], self.plan["company"]]]
        self.assertEqual(len(codes), len(set(codes)))
        for code in codes:
            self.assertTrue(uscc.is_valid(code), code)
            self.assertIn("DEM", code)
        for row in [*self.plan["customers"], self.plan["company"]]:
            self.assertEqual(row["vat"][2:8], people.DISTRICTS[row["district"]], row["name"])

    def test_phone_numbers_are_possible_and_members_are_of_the_made_up_range(self):
        for row in [*self.plan["suppliers"], *self.plan["customers"], *self.plan["stores"], *self.plan["members"]]:
            self.assertTrue(phonenumbers.is_valid_number(phonenumbers.parse(row["phone"], "CN")), row["phone"])
        for row in self.plan["members"]:
            self.assertRegex(row["phone"], r"^1990000\d{4}$")

    def test_trial_sizes_carry_the_number_of_the_goods_they_hold(self):
        numbers = Counter(row["registration_no"] for row in self.plan["products"] if row["item_class"] == "full_size")
        for row in self.plan["products"]:
            if row["item_class"] in ("sample", "tester", "set") or (row["item_class"] == "gift" and row["kind"] != "other"):
                self.assertIn(row["registration_no"], numbers, row["name"])

    def test_some_batches_are_near_expiry_and_none_has_expired(self):
        days = [row["days_left"] for row in self.plan["batches"]]
        self.assertGreater(min(days), 0)
        self.assertGreaterEqual(sum(left < 180 for left in days), 5)
        self.assertGreaterEqual(sum(left > 365 for left in days), 50)

    def test_every_shop_holds_goods(self):
        for store in ("central", *stock.SHOPS):
            self.assertGreater(sum(line["quantity"] for line in self.plan["opening"] if line["store"] == store), 300, store)

    def test_orders_show_every_state(self):
        self.assertEqual({row["state"] for row in self.plan["purchases"]}, set(orders.PURCHASE_STATES))
        self.assertEqual({row["state"] for row in self.plan["sales"]}, set(orders.SALE_STATES))
        self.assertEqual({row["channel"] for row in self.plan["sales"]}, {"wholesale", "online"})

    def test_the_stock_never_goes_below_zero(self):
        self.assertGreaterEqual(min(stock.on_hand(self.plan).values()), 0)

    def test_wholesale_prices_stay_above_cost(self):
        cheapest = 0.60 / (1 + catalog.VAT_RATE)
        for row in self.plan["products"]:
            self.assertGreaterEqual(row["price"] * cheapest, row["cost"], row["name"])

    def test_names_of_people_are_chinese(self):
        for row in self.plan["members"] + self.plan["users"]:
            self.assertTrue(re.fullmatch(r"[\u4e00-\u9fff]{2,4}", row["name"]), row["name"])
