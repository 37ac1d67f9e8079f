from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from .common import CosmeticsCommon


@tagged("post_install", "-at_install")
class TestCosmeticsStore(CosmeticsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staff = cls._create_user("staff")
        cls.outsider = cls._create_user("outsider")
        cls.head_office = cls._create_user("head_office", "cosmetics_base.group_all_stores")
        cls.clerk = cls._create_user("clerk", "cosmetics_base.group_master_data")
        cls.shop = cls._create_store("Xiaozhai Shop", code="TEST-XZ01")
        cls.counter = cls._create_store("Kaiyuan Counter", code="TEST-KY01", kind="counter")
        cls._assign_stores(cls.staff, cls.shop)

    def _seen(self, user):
        return self.env["cosmetics.store"].with_user(user).search([("id", "in", (self.shop | self.counter).ids)])

    def test_staff_see_the_stores_where_they_work(self):
        self.assertEqual(self._seen(self.staff), self.shop)
        with self.assertRaises(AccessError):
            self.counter.with_user(self.staff).read(["name"])

    def test_a_user_without_store_sees_none(self):
        self.assertFalse(self._seen(self.outsider))

    def test_head_office_sees_every_store_and_changes_none(self):
        self.assertEqual(self._seen(self.head_office), self.shop | self.counter)
        with self.assertRaises(AccessError):
            self.shop.with_user(self.head_office).name = "Mine"

    def test_master_data_users_make_and_change_stores(self):
        store = self.env["cosmetics.store"].with_user(self.clerk).create({"name": "New Shop", "code": "TEST-NS01"})
        store.name = "Newer Shop"
        self.assertEqual(store.name, "Newer Shop")

    def test_staff_cannot_change_their_store(self):
        with self.assertRaises(AccessError):
            self.shop.with_user(self.staff).name = "Mine"

    def test_a_new_assignment_takes_effect_at_once(self):
        self.assertEqual(self._seen(self.staff), self.shop)
        self._assign_stores(self.staff, self.counter)
        self.assertEqual(self._seen(self.staff), self.counter)
        self.shop.user_ids |= self.staff
        self.assertEqual(self._seen(self.staff), self.shop | self.counter)

    def test_rules_of_other_apps_that_list_the_stores_stay_fresh(self):
        self.env["ir.rule"].create(
            {
                "name": "Countries by store",
                "model_id": self.env.ref("base.model_res_country").id,
                "domain_force": "[('code', '=', 'CN' if len(user.store_ids) == 2 else 'US')]",
            }
        )
        country = self.env["res.country"].with_user(self.staff)
        self.assertEqual(country.search([]).mapped("code"), ["US"])
        self.shop.user_ids |= self.outsider
        self.counter.with_user(self.clerk).write({"user_ids": [(4, self.staff.id)]})
        self.assertEqual(country.search([]).mapped("code"), ["CN"])
        self.staff.store_ids = self.shop
        self.assertEqual(country.search([]).mapped("code"), ["US"])

    def test_the_manager_belongs_to_the_staff(self):
        self.shop.manager_id = self.outsider
        self.assertIn(self.outsider, self.shop.user_ids)
        self.assertEqual(self._seen(self.outsider), self.shop)
        store = self._create_store(manager_id=self.outsider.id)
        self.assertEqual(store.user_ids, self.outsider)
        store.user_ids = False
        self.assertEqual(store.user_ids, self.outsider, "the manager cannot be taken out of the staff")

    def test_a_new_user_can_be_made_with_stores(self):
        user = self._create_user("newcomer", store_ids=[(6, 0, self.counter.ids)])
        self.assertEqual(self._seen(user), self.counter)
        self.assertIn(user, self.counter.user_ids)

    def test_stores_of_another_company_are_hidden_even_from_head_office(self):
        company = self.env["res.company"].create({"name": "Another Company"})
        foreign = self._create_store("Foreign Shop", company_id=company.id)
        for user in (self.head_office, self.clerk):
            self.assertNotIn(foreign, self.env["cosmetics.store"].with_user(user).search([]))

    def test_two_stores_of_a_company_cannot_share_a_code(self):
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self._create_store(code="test-xz01")
        company = self.env["res.company"].create({"name": "Another Company"})
        self.assertTrue(self._create_store(code="TEST-XZ01", company_id=company.id))
