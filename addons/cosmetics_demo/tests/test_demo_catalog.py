import re
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path

from odoo.addons.cosmetics_base.tools import registration
from odoo.tests import BaseCase, tagged
from stdnum import ean
from stdnum.cn import uscc

from ..loader import partners
from ..loader.products import ROOTS, UNIT_NAMES, root_of
from ..plan import catalog, identity, tables


@tagged("post_install", "-at_install")
class TestDemoCatalog(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.brands = {brand["ref"]: brand for brand in catalog.brands()}
        cls.products = catalog.products()
        cls.main_goods = [row for row in cls.products if row["item_class"] == "full_size"]

    def test_names_of_brands_and_products_are_unique(self):
        for key in ("name", "english"):
            names = [brand[key] for brand in self.brands.values()]
            self.assertEqual(len(names), len(set(names)), key)
        for key in ("name", "code", "ref", "barcode"):
            names = [row[key] for row in self.products]
            self.assertEqual(len(names), len(set(names)), key)

    def test_a_product_is_named_after_its_brand_and_belongs_to_one_of_its_series(self):
        for row in self.products:
            brand = self.brands[row["brand"]]
            self.assertTrue(row["name"].startswith(brand["name"]), row["name"])
            self.assertIn(row["series"], brand["series"], row["name"])
            self.assertEqual(row["supplier"], brand["supplier"], row["name"])
            self.assertRegex(row["code"], rf"^{brand['ref'].upper()}\d{{3}}$")

    def test_series_are_unique_within_their_brand(self):
        for brand in self.brands.values():
            self.assertTrue(brand["series"], brand["name"])
            self.assertEqual(len(brand["series"]), len(set(brand["series"])), brand["name"])

    def test_prices_rise_from_cost_to_wholesale_to_control_price_to_tag(self):
        steepest = 1 - max(off for _name, off in partners.PRICELISTS.values()) / 100
        for row in self.products:
            if row["price"]:
                self.assertGreater(row["price"] * steepest, row["cost"] * (1 + catalog.VAT_RATE), row["name"])
            if row["control_price"]:
                self.assertLess(row["price"] * steepest, row["control_price"], row["name"])
                self.assertLess(row["control_price"], row["price"], row["name"])

    def test_full_sizes_and_sets_have_a_control_price_and_nothing_else_has(self):
        for row in self.products:
            self.assertEqual(bool(row["control_price"]), row["item_class"] in ("full_size", "set"), row["name"])

    def test_testers_are_free_and_everything_else_costs_something(self):
        for row in self.products:
            is_free = row["item_class"] == "tester"
            self.assertEqual(not row["price"], is_free, row["name"])
            self.assertEqual(not row["cost"], is_free, row["name"])

    def test_prices_have_whole_cents(self):
        for row in self.products:
            for key in ("price", "control_price", "cost"):
                self.assertEqual(row[key], round(row[key], 2), row["name"])

    def test_every_full_size_product_has_a_number_of_its_own(self):
        numbers = [row["registration_no"] for row in self.main_goods if row["registration_no"]]
        self.assertEqual(len(numbers), len(set(numbers)))
        self.assertEqual(len(numbers), len([row for row in self.main_goods if row["kind"] != "other"]))

    def test_products_that_share_a_number_have_the_same_formula_kind_and_expiry(self):
        sharing = defaultdict(list)
        for row in self.products:
            if row["registration_no"]:
                sharing[row["registration_no"]].append(row)
        self.assertTrue([rows for rows in sharing.values() if len(rows) > 1])
        for number, rows in sharing.items():
            for key in ("brand", "kind", "ingredients", "registration_months_left", "registrant"):
                self.assertEqual(len({row[key] for row in rows}), 1, f"{number}: {key}")

    def test_filings_are_made_where_the_registrant_sits(self):
        for row in self.main_goods:
            if row["kind"] in ("ordinary", "toothpaste"):
                number = registration.parse(row["registration_no"])
                self.assertEqual(number.province, self.brands[row["brand"]]["place"], row["name"])

    def test_registrations_of_special_cosmetics_end_within_their_five_years(self):
        for row in self.products:
            self.assertEqual(row["registration_months_left"] is not None, row["kind"] == "special", row["name"])
            if row["kind"] == "special":
                self.assertTrue(0 < row["registration_months_left"] < catalog.REGISTRATION_MONTHS, row["name"])

    def test_imported_brands_name_a_responsible_company_in_china(self):
        companies = {row["ref"] for row in tables.rows("suppliers")}
        for brand in self.brands.values():
            self.assertIn(brand["supplier"], companies)
            self.assertEqual(bool(brand["responsible"]), brand["country"] != "CN", brand["name"])
            if brand["responsible"]:
                self.assertIn(brand["responsible"], companies)
                self.assertNotIn(brand["registrant"], companies)

    def test_every_product_finds_its_root_category_and_unit(self):
        self.assertEqual({root_of(row["category"]) for row in self.products}, set(ROOTS))
        self.assertEqual({row["net_content_uom"] for row in self.products}, set(UNIT_NAMES))
        for row in self.products:
            self.assertGreater(row["net_content"], 0, row["name"])

    def test_what_expires_says_how_long_it_keeps_once_open(self):
        for row in self.products:
            self.assertEqual(bool(row["shelf_life_months"]), row["kind"] != "other", row["name"])
            self.assertLess(row["pao_months"], row["shelf_life_months"] or 1, row["name"])

    def test_ingredients_are_listed_once_each_and_every_formula_is_used(self):
        used = {row["ingredients"] for row in self.products if row["kind"] != "other"}
        self.assertEqual(used, {row["ingredients"] for row in tables.rows("formulas")})
        for text in used:
            parts = text.split("、")
            self.assertGreaterEqual(len(parts), 5, text)
            self.assertEqual(len(parts), len(set(parts)), text)

    def test_children_products_are_made_for_children_and_hold_no_perfume(self):
        children = [row for row in self.products if row["is_children"]]
        self.assertEqual([row["ref"] for row in children], [row["ref"] for row in self.products if "儿童" in row["name"]])
        for row in children:
            self.assertTrue(row["category"].startswith("baby_"), row["name"])
            self.assertNotIn("香精", row["ingredients"], row["name"])

    def test_sun_care_says_spf_and_pa_as_the_label_rules_ask(self):
        for row in self.products:
            self.assertEqual(bool(row["spf"]), bool(row["pa"]), row["name"])
            if row["spf"]:
                self.assertRegex(row["spf"], r"^(\d|[1-4]\d|50)$|^50\+$", row["name"])
                self.assertRegex(row["pa"], r"^PA\+{1,4}$", row["name"])

    def test_a_new_product_at_the_end_leaves_the_others_as_they_are(self):
        folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        shutil.copytree(tables.FOLDER, folder, dirs_exist_ok=True)
        with (folder / "products.csv").open("a", encoding="utf-8") as table:
            table.write("qtl099,QTL,净润系列,秦桐露新品,skin_care_toner,ordinary,11,all,,150,ml,99,full_size,sale,36,12,,,toner,\n")
        self.patch(tables, "FOLDER", folder)
        products = catalog.products()
        self.assertEqual(products[:-1], self.products)
        self.assertEqual(products[-1]["barcode"], identity.barcode(len(self.products) + 1))


@tagged("post_install", "-at_install")
class TestDemoIdentity(BaseCase):
    def test_bar_codes_catch_a_mistyped_digit(self):
        for serial in range(1, 200):
            code = identity.barcode(serial)
            self.assertTrue(ean.is_valid(code), code)
            wrong = code[:-2] + str((int(code[-2]) + 1) % 10) + code[-1]
            self.assertFalse(ean.is_valid(wrong), wrong)

    def test_credit_codes_are_valid_for_every_serial_and_unlike_each_other(self):
        codes = [identity.credit_code("610113", f"{serial:04d}") for serial in range(400)]
        self.assertEqual(len(codes), len(set(codes)))
        self.assertFalse([code for code in codes if not uscc.is_valid(code)])

    def test_check_characters_of_organisations_include_the_x(self):
        checks = {identity.organisation_code(f"{serial:04d}")[-1] for serial in range(400)}
        self.assertEqual(checks, set("0123456789X"))

    def test_numbers_of_every_kind_are_read_back_as_made(self):
        for kind in ("ordinary", "special", "toothpaste"):
            for imported in (False, True):
                for serial in (1, 42, 99, 101):
                    made = identity.registration_no(kind, serial, 2024, "沪", imported)
                    read = registration.parse(made)
                    self.assertEqual((read.number, read.kind, read.year), (made, kind, 2024))
                    self.assertEqual(read.scope, "imported" if imported else "domestic")
                    self.assertTrue(re.search(rf"202499\d*{serial}$", made), made)
