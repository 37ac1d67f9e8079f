"""Alerts over bands, shops, corrected dates and companies; what the e-mail says in Chinese."""

from datetime import timedelta

from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_watch import WatchCommon


@tagged("post_install", "-at_install")
class TestWatchAlert(WatchCommon):
    def setUp(self):
        super().setUp()
        self.Alert = self.env["cosmetics.shelf.life.alert"]
        self.Alert._cron_alert()  # whatever else the database holds has been told

    def _run(self, moment="2026-03-02 22:30:00"):
        """Run the job alone, at a moment; return the new alerts."""
        before = self.Alert.search([])
        with freeze_time(moment):
            self.Alert._cron_alert()
        return self.Alert.search([]) - before

    def _correct(self, lot, days):
        """Correct the date of a batch as the quality manager: so many days after the first day of the test."""
        lot.with_user(self.quality)._correct_dates({"expiration_on": self.today + timedelta(days=days)}, "Misread")

    def _activities(self, warehouse):
        return self.env["mail.activity"].search([("res_model", "=", "stock.warehouse"), ("res_id", "=", warehouse.id)])

    def test_job_does_not_wait_for_the_job_of_the_bands(self):
        lot = self._stock_lot("FRESH", 400, 10)
        self.assertFalse(self._run())
        self.assertEqual(self._run("2026-10-20 22:30:00").band_id.code, "near")
        self.assertEqual(lot.band_id.code, "near")

    def test_jump_over_a_band_tells_of_the_band_it_lands_in_only(self):
        lot = self._stock_lot("A", 150, 10)
        self.assertEqual(self._run().band_id.code, "near")
        self.assertEqual(self._run("2026-07-25 22:30:00").band_id.code, "stop")  # past 清仓, nobody ran the job for months
        self.assertEqual(set(self.Alert.search([("lot_id", "=", lot.id)]).band_id.mapped("code")), {"near", "stop"})

    def test_next_band_closes_what_was_left_open_in_the_one_before(self):
        self._stock_lot("A", 100, 10)
        first = self._run()
        activity = first.activity_id
        second = self._run("2026-03-12 22:30:00")
        self.assertEqual((first.state, first.is_past, first.handled_by_id), ("handled", True, self.env["res.users"]))
        self.assertEqual((second.state, second.is_past), ("open", False))
        self.assertFalse(activity.active)
        self.assertEqual(self._activities(self.shop), second.activity_id)

    def test_date_corrected_away_and_back_is_told_again(self):
        lot = self._stock_lot("A", 100, 10)
        first = self._run()
        self._correct(lot, 700)
        self.assertFalse(self._run("2026-03-03 22:30:00"))
        self.assertEqual(first.state, "handled")
        self._correct(lot, 100)
        again = self._run("2026-03-04 22:30:00")
        self.assertEqual((again.lot_id, again.band_id), (lot, first.band_id))
        self.assertFalse(self._run("2026-03-05 22:30:00"))

    def test_date_corrected_within_its_band_is_not_told_again(self):
        lot = self._stock_lot("A", 100, 10)
        self._run()
        self._correct(lot, 150)
        self.assertFalse(self._run("2026-03-03 22:30:00"))

    def test_handled_alert_stays_handled_and_who_did_it_is_kept(self):
        self._stock_lot("A", 100, 10)
        alert = self._run()
        with freeze_time("2026-03-03 03:00:00"):
            alert.with_user(self.colleague).action_handle()
        alert.with_user(self.quality).action_handle()
        self.assertEqual((alert.handled_by_id, alert.handled_at.isoformat()), (self.colleague, "2026-03-03T03:00:00"))
        self.assertFalse(self._run("2026-03-03 22:30:00"))
        self._run("2026-03-12 22:30:00")  # in the next band it is past, but still the colleague's
        self.assertEqual(alert.handled_by_id, self.colleague)

    def test_one_shop_handles_its_part_of_a_batch_the_other_stays_open(self):
        lot = self._stock_lot("A", 100, 10)
        self.env["stock.quant"]._update_available_quantity(self.cream, self.other_shop.lot_stock_id, 3, lot_id=lot)
        alerts = self._run()
        self.assertEqual({alert.warehouse_id: alert.quantity for alert in alerts}, {self.shop: 10, self.other_shop: 3})
        alerts.filtered(lambda alert: alert.warehouse_id == self.shop).with_user(self.colleague).action_handle()
        self.assertEqual(alerts.filtered(lambda alert: alert.state == "open").warehouse_id, self.other_shop)
        self.assertFalse(self._activities(self.shop))
        self.assertTrue(self._activities(self.other_shop))

    def test_batch_sent_to_another_shop_is_told_there_and_closed_here(self):
        lot = self._stock_lot("A", 100, 10)
        first = self._run()
        self._move(lot, self.shop.lot_stock_id, self.other_shop.lot_stock_id, 10)
        second = self._run("2026-03-03 22:30:00")
        self.assertEqual((first.state, second.warehouse_id, second.state), ("handled", self.other_shop, "open"))

    def test_shelves_of_one_shop_are_added_up(self):
        shelf = self.env["stock.location"].create({"name": "Shelf 1", "location_id": self.shop.lot_stock_id.id})
        lot = self._stock_lot("A", 100, 10)
        self.env["stock.quant"]._update_available_quantity(self.cream, shelf, 2, lot_id=lot)
        self.assertEqual(self._run().mapped("quantity"), [12])

    def test_band_that_alerts_no_more_tells_nothing(self):
        self.env.ref("cosmetics_inventory.band_near").alert = False
        self._stock_lot("A", 100, 10)
        self.assertFalse(self._run())

    def test_held_batch_is_told_too(self):
        self._stock_lot("A", 100, 10, state="quarantine")
        self.assertEqual(self._run().lot_id.name, "A")

    def test_manager_who_left_is_not_told(self):
        self.shop_user.active = False
        self.shop.shelf_life_user_id = self.colleague
        self._stock_lot("A", 100, 10)
        self.assertEqual(self._run().user_id, self.colleague)

    def test_quality_managers_of_other_companies_are_not_told(self):
        company = self.env["res.company"].create({"name": "Second Company"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        managers = self.env.ref("cosmetics_inventory.group_quality_manager").all_user_ids
        (managers - self.env.ref("base.user_root")).filtered(lambda user: company in user.company_ids).active = False
        self._stock_lot("A", 100, 10, warehouse)
        alert = self._run()
        self.assertEqual((alert.warehouse_id, alert.user_id, alert.state), (warehouse, self.env["res.users"], "open"))
        self.assertFalse(self._activities(warehouse))
        self.assertNotIn(self.quality, warehouse._get_shelf_life_users()[warehouse])

    def test_activity_and_mail_speak_the_language_of_who_is_told(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env.ref("cosmetics_inventory.band_near").with_context(lang="zh_CN").name = "临期"
        template = self.env.ref("cosmetics_inventory.mail_template_shelf_life_digest")
        template.with_context(lang="zh_CN").subject = "今日需处理的临期批次"
        self.shop_user.write({"email": "shop@example.com", "lang": "zh_CN"})
        self._stock_lot("A", 100, 10)
        self._stock_lot("B", 101, 2.5)
        self._run()
        self.assertIn("临期", self._activities(self.shop).summary)
        mail = self.env["mail.mail"].search([("model", "=", "res.users"), ("res_id", "=", self.shop_user.id)])
        self.assertEqual(mail.subject, "今日需处理的临期批次")
        self.assertEqual(mail.recipient_ids, self.shop_user.partner_id)
        self.assertIn("cosmetics_shelf_life_alert_action", mail.body_html)
        for words in ("临期", ">2<", ">12.5<"):
            self.assertIn(words, mail.body_html)
        self.assertNotIn("Near Expiry<", mail.body_html)

    def test_who_has_no_address_gets_the_activity_alone(self):
        self.shop_user.email = False
        self._stock_lot("A", 100, 10)
        self._run()
        mails = self.env["mail.mail"].search_count([("model", "=", "res.users"), ("res_id", "=", self.shop_user.id)])
        self.assertEqual((len(self._activities(self.shop)), mails), (1, 0))

    def test_digest_names_each_shop_and_band_on_a_line_of_its_own(self):
        self.shop_user.email = "shop@example.com"
        self.other_store.manager_id = self.shop_user
        self._stock_lot("A", 100, 10)
        self._stock_lot("B", 20, 3)
        self._stock_lot("C", 100, 7, self.other_shop)
        self._run()
        mail = self.env["mail.mail"].search([("model", "=", "res.users"), ("res_id", "=", self.shop_user.id)])
        self.assertEqual(mail.body_html.count("Quality Shop"), 2)
        self.assertEqual(mail.body_html.count("Gaoxin"), 1)

    def test_stock_behind_the_alerts_is_that_of_these_batches(self):
        self._stock_lot("A", 100, 10)
        self._stock_lot("FRESH", 900, 10)
        action = self._run().with_user(self.colleague).action_view_stock()
        rows = self.env[action["res_model"]].with_user(self.colleague).search(action["domain"])
        self.assertEqual(rows.lot_id.mapped("name"), ["A"])

    def test_nobody_writes_makes_or_deletes_alerts_by_hand(self):
        lot = self._stock_lot("A", 100, 10)
        alert = self._run()
        vals = {"lot_id": lot.id, "warehouse_id": self.shop.id, "band_id": alert.band_id.id}
        for user in (self.colleague, self.manager, self.quality):
            with self.subTest(user.login):
                mine = alert.with_user(user)
                for act in (
                    lambda mine=mine: mine.write({"state": "handled"}),
                    mine.unlink,
                    lambda mine=mine: mine.create(vals),
                ):
                    with self.assertRaises(AccessError):
                        act()

    def test_employee_without_rights_reads_and_handles_no_alert(self):
        self._stock_lot("A", 100, 10)
        alert = self._run().with_user(self.shop_user)
        for act in (
            alert.action_handle,
            lambda: alert.read(["quantity"]),
            lambda: alert.search([]),
            lambda: alert.formatted_read_group([], ["warehouse_id"], ["quantity:sum"]),
        ):
            with self.assertRaises(AccessError):
                act()
        self.assertEqual(alert.sudo().state, "open")

    def test_alerts_of_another_company_are_out_of_sight(self):
        company = self.env["res.company"].create({"name": "Second Company"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        self._stock_lot("A", 100, 10, warehouse)
        alert = self._run()
        self.assertEqual(alert.company_id, company)
        self.assertFalse(self.Alert.with_user(self.manager).search([("id", "=", alert.id)]))
        self.manager.company_ids = [Command.link(company.id)]
        wide = self.Alert.with_user(self.manager).with_context(allowed_company_ids=[company.id])
        self.assertEqual(wide.search([("id", "=", alert.id)]), alert)
