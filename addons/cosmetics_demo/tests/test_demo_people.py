import csv
from collections import Counter

from odoo.addons.l10n_cn_xian.tools.zones import zone_at_start
from odoo.tests import BaseCase, tagged
from odoo.tools import file_open

from ..loader import address, partners, stores
from ..plan import people

PROVINCE_CODES = {"陕西省": "61", "广东省": "44", "上海市": "31", "浙江省": "33"}


@tagged("post_install", "-at_install")
class TestDemoPeople(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.suppliers, cls.customers, cls.members = people.suppliers(), people.customers(), people.members()
        cls.stores, cls.users = people.stores(), people.users()

    def test_the_districts_are_those_of_the_city(self):
        with file_open("l10n_cn_xian/data/l10n_cn_xian.district.csv") as table:
            real = {row["name"]: row["gb_code"] for row in csv.DictReader(table)}
        self.assertEqual(people.DISTRICTS, real)

    def test_everybody_in_the_city_lives_in_a_real_district_and_zone(self):
        at_home = [row for row in self.suppliers if row["city"] == address.HOME_CITY]
        self.assertTrue(at_home)
        for row in [*at_home, *self.customers, *self.members, *self.stores, people.COMPANY]:
            self.assertIn(row["district"], people.DISTRICTS, row["name"])
            if row.get("zone"):
                self.assertTrue(zone_at_start(row["zone"])[0], row["name"])

    def test_suppliers_are_registered_in_their_province(self):
        for row in self.suppliers:
            self.assertEqual(row["vat"][2:4], PROVINCE_CODES[row["province"]], row["name"])
            if row["province"] != "陕西省":
                self.assertIn(row["province"], address.OTHER_STATES)

    def test_no_two_partners_share_a_name_a_number_or_a_contact(self):
        companies = [*self.suppliers, *self.customers]
        for key in ("name", "phone", "vat", "contact"):
            values = [row[key] for row in companies]
            self.assertEqual(len(values), len(set(values)), key)

    def test_made_up_streets_say_so(self):
        for row in [*self.suppliers, *self.customers, *self.members, *self.stores, people.COMPANY]:
            self.assertIn("示例", row["street"], row["name"])

    def test_every_member_has_a_phone_number_and_name_of_the_own(self):
        for key in ("ref", "phone", "name"):
            self.assertEqual(len({row[key] for row in self.members}), people.MEMBER_COUNT, key)

    def test_members_are_spread_over_the_stores_that_sell(self):
        selling = {row["ref"] for row in self.stores if row["kind"] in ("shop", "online")}
        spread = Counter(row["store"] for row in self.members)
        self.assertEqual(set(spread), selling)
        self.assertGreaterEqual(min(spread.values()), people.MEMBER_COUNT // 10)

    def test_a_new_member_leaves_the_others_as_they_are(self):
        self.patch(people, "MEMBER_COUNT", people.MEMBER_COUNT + 1)
        self.assertEqual(people.members()[:-1], self.members)

    def test_customers_that_pay_at_once_have_no_credit_and_the_others_have(self):
        for row in self.customers:
            self.assertEqual(row["credit_limit"] == 0, row["term"] == "immediate", row["name"])
            self.assertIn(row["level"], partners.PRICELISTS)
            self.assertIn(row["term"], partners.TERMS)

    def test_better_customers_buy_cheaper_and_have_more_credit(self):
        self.assertGreater(partners.PRICELISTS["a"][1], partners.PRICELISTS["b"][1])
        least = min(row["credit_limit"] for row in self.customers if row["level"] == "a")
        most = max(row["credit_limit"] for row in self.customers if row["level"] == "b")
        self.assertGreaterEqual(least, most)

    def test_makers_have_a_licence_of_their_province_and_traders_have_none(self):
        letters = {"陕西省": "陕", "广东省": "粤", "上海市": "沪", "浙江省": "浙"}
        self.assertEqual({row["ref"] for row in self.suppliers if not row["licence"]}, {"lmy", "sqj"})
        for row in self.suppliers:
            if row["licence"]:
                self.assertRegex(row["licence"], rf"^{letters[row['province']]}妆20\d{{6}}$", row["name"])

    def test_goods_from_far_away_take_longer(self):
        near = [row["lead_days"] for row in self.suppliers if row["city"] == address.HOME_CITY]
        far = [row["lead_days"] for row in self.suppliers if row["city"] != address.HOME_CITY]
        self.assertGreater(min(near), 0)
        self.assertGreater(min(far), max(near))

    def test_codes_of_stores_are_unique_and_fit_a_warehouse(self):
        codes = [row["code"] for row in self.stores]
        self.assertEqual(len(codes), len(set(codes)))
        for row in self.stores:
            self.assertRegex(row["code"], r"^[A-Z]{2,5}$", row["name"])
            self.assertEqual(row["float"] > 0, row["kind"] == "shop", row["name"])
        self.assertLessEqual(set(stores.METHODS), set(stores.BANKS))

    def test_users_work_in_stores_that_exist_and_run_only_their_own(self):
        refs = {row["ref"] for row in self.stores}
        for row in self.users:
            self.assertLessEqual(set(row["stores"]) | set(row["manages"]), refs, row["login"])
            self.assertLessEqual(set(row["manages"]), set(row["stores"]), row["login"])

    def test_every_store_has_one_who_runs_it_and_every_shop_a_clerk(self):
        for row in self.stores:
            self.assertEqual(len([user for user in self.users if row["ref"] in user["manages"]]), 1, row["name"])
        clerks = [user for user in self.users if user["group"].endswith(".group_shop_clerk")]
        self.assertCountEqual([user["stores"] for user in clerks], [[row["ref"]] for row in self.stores if row["kind"] == "shop"])

    def test_each_role_has_a_user_and_only_clerks_come_in_numbers(self):
        groups = Counter(user["group"] for user in self.users)
        self.assertEqual({group for group, count in groups.items() if count > 1}, {"cosmetics_sales_pos.group_shop_clerk"})
        for key in ("login", "name"):
            self.assertEqual(len({user[key] for user in self.users}), len(self.users), key)
