"""Who sees which suggestions."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import KEEPER, WAREHOUSE_MANAGER, ForecastCommon

MODELS = ("cosmetics.replenishment", "cosmetics.demand.week")


@tagged("post_install", "-at_install")
class TestAccess(ForecastCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for warehouse in (cls.shop, cls.other):
            cls._add_weeks(cls.product, warehouse, 14)
        cls.Row._suggest()

    def _places(self, user, model):
        return self.env[model].with_user(user).search([("product_id", "=", self.product.id)]).warehouse_id

    def test_people_of_a_shop_see_the_own_shop(self):
        for user in (self.manager, self.clerk):
            for model in MODELS:
                self.assertEqual(self._places(user, model), self.shop)
        self.assertEqual(self._places(self.stranger, "cosmetics.replenishment"), self.other)

    def test_buyers_and_warehouse_managers_see_all_of_the_company(self):
        for user in (self.buyer, self._create_user("forecast_chief", WAREHOUSE_MANAGER)):
            for model in MODELS:
                self.assertEqual(self._places(user, model), self.shop | self.other)

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Test Other Company"})
        self.buyer.write({"company_ids": [Command.set(company.ids)], "company_id": company.id})
        for model in MODELS:
            self.assertFalse(self._places(self.buyer, model))

    def test_keepers_read_no_suggestions(self):
        keeper = self._create_user("forecast_keeper", KEEPER)
        with self.assertRaises(AccessError):
            self._places(keeper, "cosmetics.replenishment")

    def test_nobody_writes_a_suggestion_past_its_buttons(self):
        row = self.Row.search([("warehouse_id", "=", self.shop.id)])
        chief = self._create_user("forecast_chief", WAREHOUSE_MANAGER)
        for user in (self.buyer, self.manager, self.clerk, chief):
            mine = row.with_user(user)
            with self.assertRaises(AccessError):
                mine.write({"suggested_quantity": 1, "quantity": 1})
            with self.assertRaises(AccessError):
                mine.unlink()
            with self.assertRaises(AccessError):
                mine.create({"product_id": self.product.id, "warehouse_id": self.shop.id, "kind": "buy"})

    def test_changes_are_kept_as_they_were_entered(self):
        row = self.Row.search([("warehouse_id", "=", self.shop.id)])
        row.with_user(self.manager)._change_quantity(5, "Enough")
        for user in (self.manager, self.buyer):
            with self.assertRaises(AccessError):
                row.change_ids.with_user(user).write({"reason": "Something else"})
        self.assertFalse(self.env["cosmetics.replenishment.change"].with_user(self.stranger).search([]))

    def test_prices_are_for_buyers(self):
        row = self.Row.search([("warehouse_id", "=", self.shop.id)])
        self.assertTrue(row.with_user(self.buyer).amount)
        with self.assertRaises(AccessError):
            row.with_user(self.manager).read(["amount"])

    def test_menus_show_for_the_roles(self):
        menu = self.env.ref("cosmetics_inventory_forecast.cosmetics_replenishment_menu")
        for user in (self.buyer, self.manager, self.clerk):
            self.assertIn(menu.id, self.env["ir.ui.menu"].with_user(user)._visible_menu_ids())
