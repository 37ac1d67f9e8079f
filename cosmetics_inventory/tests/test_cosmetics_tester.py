"""Testers: one unit off the shelf, a day to discard it, never sold."""

from datetime import date

from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common_quality import QualityCommon


@tagged("post_install", "-at_install")
class TestCosmeticsTester(QualityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.early = cls._create_lot("T1", expiration_on=date(2027, 6, 30))
        cls._move(cls.lot, cls.supplier, cls.shelf, 5)
        cls._move(cls.early, cls.supplier, cls.shelf, 2)

    def _create_tester(self, user=None, **vals):
        values = {"store_id": self.store.id, "product_id": self.product.id, **vals}
        return self.env["cosmetics.tester"].with_user(user or self.colleague).create(values)

    def test_one_unit_of_the_first_expiring_batch_is_taken(self):
        tester = self._create_tester()
        self.assertEqual((tester.lot_id, tester.opened_on, tester.discard_on), (self.early, self._today(), date(2026, 9, 1)))
        tester.action_open()
        location = self.env.company._get_shelf_life_location("tester")
        self.assertEqual((tester.state, tester.move_id.state, tester.move_id.location_dest_id), ("open", "done", location))
        self.assertEqual((self._on_hand(self.early, self.shelf), self._on_hand(self.early, location)), (1, 1))
        with self.assertRaisesRegex(UserError, "in use already"):
            tester.action_open()

    def test_the_end_of_the_batch_comes_before_the_end_of_the_period_after_opening(self):
        short = self._create_lot("T0", expiration_on=date(2026, 6, 30))
        self._move(short, self.supplier, self.shelf, 1)
        self.assertEqual(self._create_tester().discard_on, date(2026, 6, 30))

    def test_the_form_proposes_store_and_batch(self):
        form = Form(self.env["cosmetics.tester"].with_user(self.colleague))
        self.assertEqual(form.store_id, self.store)
        form.product_id = self.product
        self.assertEqual(form.lot_id, self.early)
        form.save().action_open()

    def test_what_may_not_be_sold_is_no_tester_either(self):
        self.early._set_quality_state("quarantine", "Carton was wet")
        self.assertEqual(self._create_tester().lot_id, self.lot)
        with self.assertRaisesRegex(UserError, "Choose another batch"):
            self._create_tester(lot_id=self.early.id).action_open()
        with self.assertRaises(ValidationError):
            self._move(self.early, self.shelf, self.env.company._get_shelf_life_location("tester"), 1)

    def test_a_store_without_the_goods_has_no_tester(self):
        self._assign_stores(self.colleague, self.store | self.store_centre)
        tester = self._create_tester(store_id=self.store_centre.id, lot_id=self.early.id)
        with self.assertRaisesRegex(UserError, "Quality Centre has no unit"):
            tester.action_open()

    def test_a_tester_is_never_sold_or_put_back(self):
        tester = self._create_tester()
        tester.action_open()
        testers = tester.move_id.location_dest_id
        for target in (self.customer, self.shelf, self.supplier, self.env.company._get_shelf_life_location("gift")):
            with self.assertRaisesRegex(ValidationError, "is a tester"), self.env.cr.savepoint():
                self._move(self.early, testers, target, 1)
        move = self._move(self.early, testers, self.product.property_stock_inventory, 1)
        self.assertEqual(move.state, "done")

    def test_an_opened_tester_keeps_its_facts(self):
        tester = self._create_tester()
        tester.action_open()
        for vals in ({"lot_id": self.lot.id}, {"opened_on": date(2026, 1, 1)}, {"state": "draft"}, {"discarded_on": date(2026, 1, 1)}):
            with self.assertRaises(UserError):
                tester.write(vals)
        with self.assertRaises(UserError):
            tester.unlink()
        self._create_tester().unlink()

    def test_a_tester_is_not_opened_in_the_future(self):
        with self.assertRaisesRegex(ValidationError, "future"):
            self._create_tester(opened_on=date(2026, 3, 3))

    def test_who_discards_and_when_is_kept(self):
        tester = self._create_tester()
        with self.assertRaisesRegex(UserError, "in use"):
            tester.action_discard()
        tester.action_open()
        with freeze_time("2026-04-01 17:00:00"):  # already 2 April in China
            tester.action_discard()
        self.assertEqual((tester.state, tester.discarded_on, tester.discarded_by_id), ("discarded", date(2026, 4, 2), self.colleague))

    def test_the_store_is_reminded_on_the_day_and_once(self):
        tester = self._create_tester()
        tester.action_open()
        testers = self.env["cosmetics.tester"]
        with freeze_time("2026-08-31 02:00:00"):
            testers._cron_remind()
            self.assertFalse(tester.activity_ids)
            self.assertNotIn(tester, testers.search([("is_due", "=", True)]))
        with freeze_time("2026-09-01 02:00:00"):
            testers._cron_remind()
            testers._cron_remind()
            tester.invalidate_recordset()
            self.assertEqual((len(tester.activity_ids), tester.is_due), (1, True))
            self.assertIn(tester, testers.search([("is_due", "=", True)]))
            self.assertNotIn(tester, testers.search([("is_due", "=", False)]))
            tester.action_discard()
            self.assertFalse(tester.activity_ids)

    def test_the_reminder_goes_to_the_manager_of_the_store_who_may_see_it(self):
        self.store.manager_id = self.keeper
        tester = self._create_tester()
        tester.action_open()
        self.early._set_quality_state("quarantine", "Case of adverse reaction")
        self.env["cosmetics.tester"]._cron_remind()
        self.assertEqual(tester.activity_ids.user_id, self.keeper)
        self.assertTrue(tester.is_due, "its batch is held")

    def test_users_see_the_testers_of_their_stores(self):
        tester = self._create_tester()
        visible = {
            user: bool(self.env["cosmetics.tester"].with_user(user).search([("id", "=", tester.id)]))
            for user in (self.keeper, self.colleague, self.quality)
        }
        self.assertEqual(visible, {self.keeper: False, self.colleague: True, self.quality: True})
        with self.assertRaises(AccessError):
            self._create_tester(user=self.keeper)
        with self.assertRaises(AccessError):
            self._create_tester(user=self.shop_user)

    def test_every_company_has_places_for_testers_and_gifts(self):
        company = self.env["res.company"].create({"name": "Second Company"})
        uses = (
            self.env["stock.location"].search([("company_id", "=", company.id), ("shelf_life_use", "!=", False)]).mapped("shelf_life_use")
        )
        self.assertEqual(sorted(uses), ["gift", "tester"])
        self.env["res.company"]._create_missing_shelf_life_locations()
        self.assertEqual(self.env["stock.location"].search_count([("company_id", "=", company.id), ("shelf_life_use", "!=", False)]), 2)
        missing = self.env["res.company"].search([]).filtered(lambda company: not company._get_shelf_life_location("tester"))
        self.assertFalse(missing)

    def test_a_tester_of_a_product_without_batches(self):
        tool = self._create_product(name="Brush", is_storable=True, cosmetic_kind=False, lifecycle_stage_id=False)
        self.assertEqual(tool.tracking, "none")
        self.env["stock.quant"]._update_available_quantity(tool, self.shelf, 1)
        tester = self._create_tester(product_id=tool.id)
        tester.action_open()
        self.assertEqual((tester.state, tester.discard_on), ("open", False))

    def test_staff_of_the_store_are_asked_when_it_has_no_manager(self):
        self.store.write({"manager_id": False, "user_ids": [Command.set(self.colleague.ids)]})
        self.assertEqual(self.store._get_responsible_user(), self.colleague)
