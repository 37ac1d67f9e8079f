"""Taking an alert up, putting it off, letting it go one step up; who may."""

from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_alert import AlertCommon


@tagged("post_install", "-at_install")
class TestCosmeticsStockAlertFlow(AlertCommon):
    def setUp(self):
        super().setUp()
        self.shop_user.group_ids = [Command.link(self.env.ref("cosmetics_inventory.group_warehouse_keeper").id)]
        self._sell_at(6)
        self.alert = self._look()

    def test_who_takes_it_up_is_noted_with_the_hours_it_took(self):
        with freeze_time(self._later(hours=5)):
            self.alert.with_user(self.shop_user).action_handle()
        self.assertEqual((self.alert.state, self.alert.handled_by_id, self.alert.hours_to_handle), ("handled", self.shop_user, 5.0))
        self.assertFalse(self._activities(self.shop_user))

    def test_ticking_off_the_activity_handles_its_alerts(self):
        self._activities(self.shop_user).with_user(self.shop_user).action_feedback()
        self.assertEqual((self.alert.state, self.alert.handled_by_id), ("handled", self.shop_user))

    def test_the_hours_in_the_pivot_are_those_of_the_shop_and_kind(self):
        with freeze_time(self._later(hours=5)):
            self.alert.with_user(self.shop_user).action_handle()
        groups = self.Alert.with_user(self.shop_user)._read_group(
            [("product_id", "=", self.cream.id)], ["warehouse_id", "kind"], ["hours_to_handle:avg", "__count"]
        )
        self.assertEqual(groups, [(self.shop, "minimum", 5.0, 1)])

    def test_handled_is_quiet_until_the_cause_has_stayed_for_days(self):
        self.alert.with_user(self.shop_user).action_handle()
        with freeze_time(self._later(days=6)):
            self._look()
            self.assertEqual(self.alert.state, "handled")
        with freeze_time(self._later(days=7)):
            self.assertFalse(self._look())
            self.assertEqual((self.alert.state, self.alert.handled_by_id.id), ("open", False))
        self.assertEqual(len(self._activities(self.shop_user)), 1)

    def test_snoozed_is_told_again_when_its_time_is_over(self):
        self.alert.with_user(self.shop_user).action_snooze_day()
        self.assertEqual((self.alert.state, self.alert.snoozed_by_id), ("snoozed", self.shop_user))
        self.assertFalse(self._activities(self.shop_user))
        with freeze_time(self._later(hours=23)):
            self._look()
            self.assertEqual(self.alert.state, "snoozed")
        with freeze_time(self._later(hours=24)):
            self._look()
        self.assertEqual((self.alert.state, len(self._activities(self.shop_user))), ("open", 1))

    def test_a_week_is_seven_days(self):
        self.alert.with_user(self.shop_user).action_snooze_week()
        self.assertEqual(self.alert.snoozed_until, self._later(days=7))

    def test_snoozed_closes_when_the_goods_arrive(self):
        self.alert.with_user(self.shop_user).action_snooze_week()
        self._move(self.lot, self.supplier, self.shop.lot_stock_id, 20)
        self._look()
        self.assertEqual((self.alert.state, self.alert.snoozed_until), ("closed", False))

    def test_reopening_takes_back_who_handled_it(self):
        self.alert.with_user(self.shop_user).action_handle()
        self.alert.with_user(self.shop_user).action_reopen()
        self.assertEqual((self.alert.state, self.alert.handled_at, self.alert.hours_to_handle), ("open", False, 0.0))

    def test_closed_stays_closed(self):
        self.alert.state = "closed"
        alert = self.alert.with_user(self.shop_user)
        alert.action_handle()
        alert.action_snooze_day()
        alert.action_reopen()
        self.assertEqual((alert.state, alert.handled_by_id.id), ("closed", False))

    def test_nobody_takes_it_up_so_it_goes_one_step_up_once(self):
        self.threshold.write({"escalation_hours": 4, "escalation_user_id": self.manager.id})
        with freeze_time(self._later(hours=3)):
            self._run()
            self.assertFalse(self.alert.escalated_at)
        with freeze_time(self._later(hours=4)):
            self._run()
            self._run()
        self.assertEqual((self.alert.escalation_user_id, self.alert.user_id), (self.manager, self.shop_user))
        self.assertEqual((len(self._activities(self.manager)), self.alert.state), (1, "open"))

    def test_what_was_taken_up_does_not_go_up(self):
        self.threshold.write({"escalation_hours": 4, "escalation_user_id": self.manager.id})
        self.alert.with_user(self.shop_user).action_handle()
        with freeze_time(self._later(hours=9)):
            self._run()
        self.assertFalse(self.alert.escalated_at)

    def test_without_a_name_a_warehouse_manager_is_the_next_step(self):
        self.threshold.escalation_hours = 4
        with freeze_time(self._later(hours=4)):
            self._run()
        self.assertTrue(self.alert.escalation_user_id.has_group("cosmetics_inventory.group_warehouse_manager"))

    def test_alert_opens_its_stock_and_its_moves(self):
        alert = self.alert.with_user(self.shop_user)
        quants = self.env["stock.quant"].with_user(self.shop_user).search(alert.action_view_stock()["domain"])
        self.assertEqual((quants.product_id, quants.warehouse_id), (self.cream, self.shop))
        moves = self.env["stock.move.line"].with_user(self.shop_user).search(alert.action_view_moves()["domain"])
        self.assertEqual(moves.product_id, self.cream)

    def test_keeper_of_another_store_sees_and_changes_nothing(self):
        stranger = self._create_user("test_alert_stranger", "cosmetics_inventory.group_warehouse_keeper")
        self._assign_stores(stranger, self.other_store)
        self.assertFalse(self.Alert.with_user(stranger).search([("id", "=", self.alert.id)]))
        with self.assertRaises(AccessError):
            self.alert.with_user(stranger).action_handle()

    def test_keeper_writes_alerts_in_no_other_way(self):
        with self.assertRaises(AccessError):
            self.alert.with_user(self.shop_user).write({"state": "closed"})
        with self.assertRaises(AccessError):
            self.threshold.with_user(self.shop_user).write({"minimum": 0})
        with self.assertRaises(AccessError):
            self.env["cosmetics.stock.alert.request"].with_user(self.shop_user).search([])

    def test_who_is_told_sees_the_alert_of_a_store_of_others(self):
        stranger = self._create_user("test_alert_named", "cosmetics_inventory.group_warehouse_keeper")
        self.threshold.user_id = stranger
        self.alert.unlink()
        self.assertEqual(self._look().with_user(stranger).user_id, stranger)

    def test_manager_sees_all_stores_of_the_own_company_only(self):
        self.assertIn(self.alert, self.Alert.with_user(self.manager).search([]))
        company = self.env["res.company"].create({"name": "Other Company"})
        foreign = self.Alert.create(
            {
                "kind": "out",
                "product_id": self.cream.id,
                "warehouse_id": self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1).id,
            }
        )
        self.assertNotIn(foreign, self.Alert.with_user(self.manager).search([]))
