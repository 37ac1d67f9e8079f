"""Who is told, how often, and what ends it."""

from freezegun import freeze_time
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_watch import WatchCommon


@tagged("post_install", "-at_install")
class TestCosmeticsShelfLifeAlert(WatchCommon):
    def setUp(self):
        super().setUp()
        self.Alert = self.env["cosmetics.shelf.life.alert"]
        self.Alert._cron_alert()  # whatever else the database holds has been told

    def _run(self, moment=None):
        """Run the jobs of a day as the system does; return the new alerts."""
        before = self.Alert.search([])
        with freeze_time(moment or "2026-03-02 22:30:00"):
            self.env["stock.lot"].search([("product_id", "=", self.cream.id)])._update_shelf_life()
            self.Alert._cron_alert()
        return self.Alert.search([]) - before

    def _activities(self, warehouse, user=None):
        return self.env["mail.activity"].search([("res_model", "=", "stock.warehouse"), ("res_id", "=", warehouse.id)])

    def test_one_activity_for_a_shop_and_band_to_its_manager(self):
        self.shop_user.lang = "en_US"
        lots = self._stock_lot("A", 100, 10) + self._stock_lot("B", 101, 5)
        alerts = self._run()
        self.assertEqual((alerts.lot_id, alerts.warehouse_id, alerts.band_id.code), (lots, self.shop, "near"))
        activity = self._activities(self.shop)
        self.assertEqual((len(activity), activity.user_id), (1, self.shop_user))
        self.assertEqual(activity.date_deadline.isoformat(), "2026-03-03")  # 22:30 UTC is morning of the next day in China
        self.assertIn("2 batches, 15 units", activity.summary)
        self.assertIn("cosmetics_shelf_life_alert_action", activity.note)

    def test_second_run_of_the_day_tells_nothing(self):
        self._stock_lot("A", 100, 10)
        self.assertEqual(len(self._run()), 1)
        mails = self.env["mail.mail"].search_count([])
        self.assertFalse(self._run())
        self.assertEqual((len(self._activities(self.shop)), self.env["mail.mail"].search_count([])), (1, mails))

    def test_next_band_tells_again_and_the_same_band_does_not(self):
        lot = self._stock_lot("A", 100, 10)
        self._run()
        self.assertFalse(self._run("2026-03-06 22:30:00"))
        self.assertEqual(self._run("2026-03-12 22:30:00").band_id.code, "clearance")
        self.assertEqual(self._run("2026-05-20 22:30:00").band_id.code, "stop")
        self.assertEqual(self._run("2026-06-10 22:30:00").band_id.code, "expired")
        self.assertEqual(len(self.Alert.search([("lot_id", "=", lot.id)])), 4)

    def test_batch_in_two_shops_is_told_in_both(self):
        lot = self._stock_lot("A", 100, 10)
        self.env["stock.quant"]._update_available_quantity(self.cream, self.centre.lot_stock_id, 3, lot_id=lot)
        self.assertEqual(
            {(alert.warehouse_id, alert.user_id) for alert in self._run()}, {(self.shop, self.shop_user), (self.centre, self.keeper)}
        )

    def test_without_a_manager_the_warehouse_says_who_else_quality(self):
        self.other_shop.shelf_life_user_id = self.manager
        self._stock_lot("A", 100, 10, self.other_shop)
        self.assertEqual(self._run().user_id, self.manager)
        self.other_shop.shelf_life_user_id = False
        self._stock_lot("B", 100, 10, self.other_shop)
        self.assertTrue(self._run("2026-03-03 22:30:00").user_id.has_group("cosmetics_inventory.group_quality_manager"))

    def test_digest_is_one_mail_for_each_person_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env.ref("cosmetics_inventory.band_near").with_context(lang="zh_CN").name = "临期"
        self.shop_user.write({"email": "shop@example.com", "lang": "zh_CN"})
        self.other_store.manager_id = self.shop_user
        self._stock_lot("A", 100, 10)
        self._stock_lot("B", 20, 3)
        self._stock_lot("C", 100, 7, self.other_shop)
        self._run()
        mail = self.env["mail.mail"].search([("model", "=", "res.users"), ("res_id", "=", self.shop_user.id)])
        self.assertEqual(len(mail), 1)
        for words in ("Quality Shop", "Gaoxin", "临期", ">10<", ">7<"):
            self.assertIn(words, mail.body_html)

    def test_fresh_goods_and_gone_goods_tell_nothing(self):
        self._stock_lot("FRESH", 900, 10)
        gone = self._stock_lot("GONE", 100, 10)
        self.env["stock.quant"]._update_available_quantity(self.cream, self.shop.lot_stock_id, -10, lot_id=gone)
        self.assertFalse(self._run())

    def test_ticking_off_the_activity_handles_its_alerts(self):
        self._stock_lot("A", 100, 10)
        alert = self._run()
        self._activities(self.shop).with_user(self.shop_user).action_feedback()
        self.assertEqual((alert.state, alert.handled_by_id), ("handled", self.shop_user))
        self.assertFalse(self._activities(self.shop))

    def test_last_handled_batch_ends_the_activity(self):
        self._stock_lot("A", 100, 10)
        self._stock_lot("B", 100, 10)
        first, second = self._run().with_user(self.colleague)
        first.action_handle()
        self.assertTrue(self._activities(self.shop))
        second.action_handle()
        self.assertFalse(self._activities(self.shop))
        self.assertEqual((first.handled_by_id, second.state), (self.colleague, "handled"))

    def test_goods_that_left_close_their_alert(self):
        lot = self._stock_lot("A", 100, 10)
        alert = self._run()
        self.env["stock.quant"]._update_available_quantity(self.cream, self.shop.lot_stock_id, -10, lot_id=lot)
        self._run("2026-03-03 22:30:00")
        self.assertEqual((alert.state, alert.handled_by_id), ("handled", self.env["res.users"]))
        self.assertFalse(self._activities(self.shop))

    def test_shop_sees_and_handles_its_own_alerts_only(self):
        self._stock_lot("A", 100, 10)
        self._stock_lot("B", 100, 10, self.other_shop)
        alerts = self._run()
        found = self.Alert.with_user(self.colleague).search([("id", "in", alerts.ids)])
        self.assertEqual(found.warehouse_id, self.shop)
        with self.assertRaises(AccessError):
            (alerts - found).with_user(self.colleague).action_handle()
        with self.assertRaises(AccessError):
            found.write({"state": "handled"})

    def test_core_plans_no_to_do_for_managed_batches(self):
        lot = self._stock_lot("A", 100, 10)
        sponge = self._create_product(name="Sponge", is_storable=True, cosmetic_kind="other", tracking="lot", use_expiration_date=True)
        other = self._create_lot("S1", sponge, self.today)
        self.env["stock.quant"]._update_available_quantity(sponge, self.shop.lot_stock_id, 1, lot_id=other)
        other.alert_date = "2026-02-01"
        self.assertLess(lot.alert_date.isoformat(), "2026-03-01")
        self.env["stock.lot"]._alert_date_exceeded()
        self.assertEqual((len(lot.activity_ids), len(other.activity_ids)), (0, 1))
