"""What raises a stock alert, who is told, how often, and what ends it."""

from freezegun import freeze_time
from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from .common_alert import AlertCommon


@tagged("post_install", "-at_install")
class TestCosmeticsStockAlert(AlertCommon):
    def test_sale_below_minimum_tells_the_manager_of_the_shop(self):
        self.shop_user.lang = "en_US"
        self.assertFalse(self._look())
        self._sell_at(6)
        alert = self._run()
        self.assertEqual((alert.kind, alert.product_id, alert.warehouse_id, alert.quantity), ("minimum", self.cream, self.shop, 4))
        self.assertEqual((alert.user_id, alert.limit, alert.threshold_id), (self.shop_user, 5, self.threshold))
        self.assertEqual(alert.with_context(lang="en_US").sentence, "4 left, the minimum is 5; 0 on the way")
        self.assertIn("Quality Shop: 1 stock alerts", self._activities(self.shop_user).summary)

    def test_what_has_not_moved_is_not_looked_at_within_the_hour(self):
        self._look()
        self.threshold.minimum = 50
        self.assertFalse(self._run())
        with freeze_time(self._later(hours=1)):
            self.assertEqual(self._run().kind, "minimum")

    def test_a_moved_product_is_asked_for_once_a_minute(self):
        cron = self.env.ref("cosmetics_inventory.cron_stock_alert")
        triggers = self.env["ir.cron.trigger"]
        triggers.search([("cron_id", "=", cron.id)]).unlink()
        self._sell_at(1)
        self._sell_at(1)
        self.assertEqual(triggers.search([("cron_id", "=", cron.id)]).call_at, self._later(seconds=60))
        requests = self.env["cosmetics.stock.alert.request"].search([("product_id", "=", self.cream.id)])
        self.assertEqual(len(requests), 2)
        self._run()
        self.assertFalse(requests.exists())

    def test_a_move_within_the_warehouse_asks_for_nothing(self):
        shelf = self.env["stock.location"].create({"name": "Shelf 2", "location_id": self.shop.lot_stock_id.id})
        self._move(self.lot, self.shop.lot_stock_id, shelf, 1)
        self.assertFalse(self.env["cosmetics.stock.alert.request"].search([("product_id", "=", self.cream.id)]))

    def test_looking_twice_tells_nothing_twice(self):
        self.shop_user.email = "shop@example.com"
        self._sell_at(6)
        self._run()
        mails = self.env["mail.mail"].search_count([])
        self._sell_at(1)
        self.assertFalse(self._run())
        self.assertFalse(self._look())
        alert = self.Alert.search([])
        self.assertEqual((len(alert), alert.quantity), (1, 3))
        self.assertEqual((len(self._activities(self.shop_user)), self.env["mail.mail"].search_count([])), (1, mails))

    def test_a_cause_has_one_alert_in_the_database(self):
        self._sell_at(6)
        alert = self._run()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self.Alert.create({"kind": "out", "product_id": self.cream.id, "warehouse_id": self.shop.id})
        alert.state = "closed"
        alert.flush_recordset()
        self.assertTrue(self.Alert.create({"kind": "out", "product_id": self.cream.id, "warehouse_id": self.shop.id}))

    def test_sold_out_after_below_minimum_is_the_same_alert_told_again(self):
        self._sell_at(6)
        alert = self._run()
        alert.with_user(self.keeper.browse(self.manager.id)).action_handle()
        self._sell_at(4)
        self.assertFalse(self._run())
        self.assertEqual((alert.kind, alert.state, alert.handled_by_id.id), ("out", "open", False))

    def test_goods_that_arrive_close_the_alert_and_its_activity(self):
        self._sell_at(6)
        alert = self._run()
        self._move(self.lot, self.supplier, self.shop.lot_stock_id, 20)
        with freeze_time(self._later(hours=3)):
            self._look()
            self.assertEqual(alert.state, "closed")
        self.assertEqual((alert.handled_by_id.id, round(alert.hours_to_handle, 2)), (False, 3.0))
        self.assertFalse(self._activities(self.shop_user))
        self._sell_at(20)
        self.assertEqual(self._look().kind, "minimum")

    def test_several_products_share_one_activity_and_one_mail(self):
        self.shop_user.write({"email": "shop@example.com", "lang": "en_US"})
        serum = self._create_product(name="Watched Serum", is_storable=True)
        self._create_threshold(minimum=3, warehouse_id=self.shop.id, product_id=serum.id)
        self._sell_at(6)
        self.assertEqual(set(self._look().mapped("kind")), {"minimum", "out"})
        self.assertIn("2 stock alerts", self._activities(self.shop_user).summary)
        mail = self.env["mail.mail"].search([("model", "=", "res.users"), ("res_id", "=", self.shop_user.id)])
        self.assertEqual(len(mail), 1)
        for words in ("Quality Shop", "Below Minimum", "Sold Out"):
            self.assertIn(words, mail.body_html)
        balm = self._create_product(name="Watched Balm", is_storable=True)
        self._create_threshold(minimum=3, warehouse_id=self.shop.id, product_id=balm.id)
        self._look()
        self.assertIn("3 stock alerts", self._activities(self.shop_user).summary)

    def test_mail_speaks_the_language_of_who_is_told(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.shop_user.write({"email": "shop@example.com", "lang": "zh_CN"})
        self._sell_at(6)
        self._run()
        mail = self.env["mail.mail"].search([("model", "=", "res.users"), ("res_id", "=", self.shop_user.id)])
        self.assertIn("低于最低库存", mail.body_html)
        self.assertNotIn("Below Minimum", mail.body_html)

    def test_threshold_names_who_is_told(self):
        self.threshold.user_id = self.manager
        self._sell_at(6)
        self.assertEqual(self._run().user_id, self.manager)

    def test_without_a_store_manager_the_warehouse_says_who(self):
        self._create_threshold(minimum=5, warehouse_id=self.other_shop.id, product_id=self.cream.id)
        self.other_shop.stock_alert_user_id = self.colleague
        self.assertEqual(self._look().user_id, self.colleague)

    def test_without_anybody_a_warehouse_manager_is_told(self):
        self._create_threshold(minimum=5, warehouse_id=self.other_shop.id, product_id=self.cream.id)
        self.assertTrue(self._look().user_id.has_group("cosmetics_inventory.group_warehouse_manager"))

    def test_reserved_held_and_stopped_goods_cannot_be_sold(self):
        self._stock_lot("HELD", 700, 50, state="quarantine")
        self._stock_lot("STOPPED", 10, 50)
        self.assertFalse(self._look())
        self.env["stock.quant"]._update_reserved_quantity(self.cream, self.shop.lot_stock_id, 6, lot_id=self.lot)
        self.assertEqual((self._look().kind, self.Alert.search([]).quantity), ("minimum", 4))

    def test_minimum_of_a_replenishment_rule_counts_where_the_threshold_names_none(self):
        self.threshold.minimum = 0
        self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": self.cream.id,
                "warehouse_id": self.shop.id,
                "location_id": self.shop.lot_stock_id.id,
                "product_min_qty": 12,
                "product_max_qty": 20,
            }
        )
        self.assertEqual((self._look().kind, self.Alert.search([]).limit), ("minimum", 12))

    def test_what_is_on_its_way_out_may_run_out(self):
        self._sell_at(10)
        self.cream.product_tmpl_id.lifecycle_stage_id = self.stage_clearance
        self.assertFalse(self._look())

    def test_a_place_that_never_sold_a_product_does_not_miss_it(self):
        self.threshold.unlink()
        self._create_threshold()
        self.assertFalse(self._look())
        self._sell_at(10)
        self.assertEqual((self._look().kind, self.Alert.search([]).warehouse_id), ("out", self.shop))

    def test_goods_on_the_way_are_said(self):
        self._sell_at(6)
        move = self.env["stock.move"].create(
            {
                "product_id": self.cream.id,
                "product_uom_qty": 24,
                "location_id": self.supplier.id,
                "location_dest_id": self.shop.lot_stock_id.id,
                "picking_type_id": self.shop.in_type_id.id,
            }
        )
        move._action_confirm()
        self.assertEqual(self._look().incoming_quantity, 24)

    def test_overstock_is_measured_by_the_pace_of_sale(self):
        self.threshold.write({"minimum": 0, "cover_days": 90})
        self._sell_nine()  # 0.1 a day: the ten that are left last for 100 days
        alert = self._look()
        self.assertEqual((alert.kind, alert.quantity, alert.limit, alert.daily_sales), ("overstock", 10, 90, 0.1))
        self.assertEqual(alert.with_context(lang="en_US").sentence, "10 last for 100 days, more than 90")

    def test_goods_that_do_not_sell_are_told_after_the_days_of_the_threshold(self):
        self.threshold.write({"minimum": 0, "idle_days": 60})
        with freeze_time(self._later(days=59)):
            self.assertFalse(self._look())
        with freeze_time(self._later(days=60)):
            self.assertEqual((self._look().kind, self.Alert.search([]).quantity), ("idle", 10))
        self._sell_at(1)
        with freeze_time(self._later(days=60, hours=-1)):
            self._look()
            self.assertEqual(self.Alert.search([]).state, "closed")

    def test_batch_that_will_not_be_sold_in_time_is_told_with_what_stays(self):
        self.threshold.write({"minimum": 0, "expiry_days": 180})
        self._sell_nine()
        near = self._stock_lot("NEAR", 200, 40)
        alert = self._look()
        days = (near.sale_stop_on - self.today).days
        self.assertEqual((alert.kind, alert.lot_id, alert.limit), ("expiry", near, days))
        self.assertEqual(alert.quantity, (400 - days) // 10, "whole units: nine a quarter are 0.1 a day")

    def test_alerts_of_two_batches_are_two_causes(self):
        self.threshold.write({"minimum": 0, "expiry_days": 300})
        lots = self._stock_lot("A", 200, 40) + self._stock_lot("B", 250, 40)
        self.assertEqual(self._look().lot_id, lots)

    def test_archived_products_and_services_tell_nothing(self):
        self._sell_at(6)
        self.cream.active = False
        self.assertFalse(self._look())

    def test_shops_of_a_manager_are_told_apart(self):
        self.other_store.write({"manager_id": self.shop_user.id, "user_ids": [Command.link(self.shop_user.id)]})
        self._create_threshold(minimum=5, warehouse_id=self.other_shop.id, product_id=self.cream.id)
        self._sell_at(6)
        self._look()
        self.assertEqual(len(self._activities(self.shop_user)), 2)

    def test_everything_is_judged_in_a_handful_of_queries(self):
        self._look()
        products = self.cream
        for number in range(15):
            products |= self._create_product(name=f"Goods {number}", is_storable=True)
        for product in products:
            self._create_threshold(minimum=5, product_id=product.id)
        self._sell_at(6)
        self.Alert._find()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            found = self.Alert._find()
        self.assertIn((self.cream.id, self.shop.id, "minimum", False), found)

    def _sell_nine(self):
        """Sell nine of the batch at the shop, so that ten are left."""
        self.env["stock.quant"]._update_available_quantity(self.cream, self.shop.lot_stock_id, 9, lot_id=self.lot)
        self._sell_at(9)
