"""What sellers and keepers may see and do here, and what not."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import FRESH, NEAR, InventorySalesCommon


@tagged("post_install", "-at_install")
class TestRoles(InventorySalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_batch("NEAR-1", NEAR, 18)
        cls._create_batch("FRESH-1", FRESH, 32)
        cls.colleague = cls._create_user("test_sales_2", "cosmetics_sales.group_salesperson")

    def test_batches_of_a_colleagues_order_stay_hidden(self):
        order = self._create_order((self.cream, 5))
        with self.assertRaises(AccessError):
            order.with_user(self.colleague).action_view_delivered_batches()

    def test_sellers_change_neither_promise_nor_band(self):
        for user in (self.salesperson, self.clerk):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.promise.with_user(user).min_days = 1
                with self.assertRaises(AccessError):
                    self.band_near.with_user(user).markdown_percent = 90

    def test_seller_without_the_right_to_costs_gets_the_floor_all_the_same(self):
        self.band_near.markdown_percent = 90
        line = self._create_order((self.cream, 5, {"shelf_life_band_id": self.band_near.id}), user=self.clerk).order_line
        self.assertEqual(line.price_unit, 40)

    def test_clerk_sees_what_a_customer_of_another_seller_can_get(self):
        order = self._create_order((self.cream, 50)).with_user(self.clerk)
        self.assertIn("32 of 50", order.shelf_life_message)

    def test_keeper_who_cannot_price_delivers_by_the_promise(self):
        order = self._create_order((self.cream, 5))
        order.action_confirm()
        need = order.picking_ids.with_user(self.keeper).move_ids._get_shelf_life_need()
        self.assertEqual((need.kind, str(need.min_expiration_on)), ("sale", "2027-05-22"))

    def test_band_of_another_company_is_refused(self):
        elsewhere = self.env["res.company"].create({"name": "Another Company"})
        band = self.band_near.copy({"company_id": elsewhere.id})
        with self.assertRaises(UserError):
            self._create_order((self.cream, 5, {"shelf_life_band_id": band.id}))

    def test_invoices_show_batches_from_the_start(self):
        self.assertIn(self.env.ref("stock_account.group_lot_on_invoice"), self.env.ref("base.group_user").all_implied_ids)
