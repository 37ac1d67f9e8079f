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

    # --- the day it must go
    def test_leap_days_and_short_months_end_the_period_after_opening_early_enough(self):
        for opened, months, last in (
            (date(2024, 2, 29), 12, date(2025, 2, 27)),
            (date(2024, 3, 1), 12, date(2025, 2, 28)),
            (date(2025, 8, 31), 6, date(2026, 2, 27)),
            (date(2023, 8, 30), 6, date(2024, 2, 28)),
        ):
            with self.subTest(opened):
                self.product.pao_months = months
                self.assertEqual(self._create_tester(opened_on=opened).discard_on, last)

    def test_a_product_without_a_period_after_opening_lasts_as_long_as_the_batch(self):
        self.product.pao_months = 0
        self.assertEqual(self._create_tester().discard_on, date(2027, 6, 30))

    def test_a_corrected_batch_or_product_moves_the_day_of_testers_in_use(self):
        tester = self._create_tester()
        tester.action_open()
        self.product.pao_months = 3
        self.assertEqual(tester.discard_on, date(2026, 6, 1))
        self.early.with_user(self.quality)._correct_dates({"expiration_on": date(2026, 5, 20)}, "Misread")
        self.assertEqual(tester.discard_on, date(2026, 5, 20))

    def test_the_day_of_opening_is_the_day_in_china(self):
        with freeze_time("2026-03-02 16:30:00"):
            self.assertEqual(self._create_tester().opened_on, date(2026, 3, 3))

    def test_a_tester_of_yesterday_may_still_be_entered(self):
        self.assertEqual(self._create_tester(opened_on=date(2026, 3, 1)).discard_on, date(2026, 8, 31))

    # --- which unit
    def test_an_expired_batch_is_neither_proposed_nor_opened(self):
        old = self._create_lot("OLD", expiration_on=date(2026, 2, 28))
        self.env["stock.quant"]._update_available_quantity(self.product, self.shelf, 1, lot_id=old)
        tester = self._create_tester()
        self.assertEqual(tester.lot_id, self.early)
        self.assertNotIn(old, tester.allowed_lot_ids)
        with self.assertRaisesRegex(UserError, "Choose another batch"):
            self._create_tester(lot_id=old.id).action_open()

    def test_a_batch_that_expires_between_entry_and_opening_is_refused(self):
        tester = self._create_tester()
        with freeze_time("2027-07-01 02:00:00"), self.assertRaisesRegex(UserError, "Choose another batch"):
            tester.action_open()

    def test_a_recalled_batch_is_no_tester(self):
        tester = self._create_tester()
        self._create_recall(self.early).action_freeze()
        with self.assertRaisesRegex(UserError, "Choose another batch"):
            tester.action_open()

    def test_a_tester_of_a_recalled_batch_must_go(self):
        tester = self._create_tester()
        tester.action_open()
        self.assertFalse(tester.is_due)
        recall = self._create_recall(self.early)
        recall.action_freeze()
        self.assertTrue(tester.is_due)
        self.assertIn(tester, self.env["cosmetics.tester"].with_user(self.colleague).search([("is_due", "=", True)]))
        recall.action_cancel()
        self.assertFalse(tester.is_due)

    def test_the_last_unit_is_opened_once(self):
        testers = self._create_tester() | self._create_tester() | self._create_tester(lot_id=self.early.id)
        testers[:2].action_open()
        with self.assertRaisesRegex(UserError, "has no unit"):
            testers[2].action_open()
        self.assertEqual(self._on_hand(self.early, self.shelf), 0)

    def test_half_a_unit_is_no_tester(self):
        part = self._create_lot("PART", expiration_on=date(2027, 1, 31))
        self.env["stock.quant"]._update_available_quantity(self.product, self.shelf, 0.5, lot_id=part)
        with self.assertRaisesRegex(UserError, "has no unit"):
            self._create_tester(lot_id=part.id).action_open()

    def test_a_unit_is_taken_from_a_shelf_of_the_shop_too(self):
        rack = self.env["stock.location"].create({"name": "Rack", "usage": "internal", "location_id": self.shelf.id})
        self._move(self.early, self.shelf, rack, 2)
        tester = self._create_tester()
        tester.action_open()
        self.assertEqual(tester.move_id.location_id, rack)

    def test_the_batch_of_another_product_is_refused(self):
        other = self._create_product(name="Other Cream", is_storable=True)
        with self.assertRaisesRegex(ValidationError, "is not of Other Cream"):
            self._create_tester(product_id=other.id, lot_id=self.early.id)

    def test_another_product_brings_another_batch(self):
        other = self._create_product(name="Other Cream", is_storable=True)
        lot = self._create_lot("O1", other)
        self._move(lot, self.supplier, self.shelf, 1)
        tester = self._create_tester()
        tester.product_id = other
        self.assertEqual(tester.lot_id, lot)

    # --- never sold
    def test_an_opened_tester_is_not_returned_to_the_shelf(self):
        tester = self._create_tester()
        tester.action_open()
        goods = {"product_id": self.product.id, "location_id": tester.move_id.location_dest_id.id, "location_dest_id": self.shelf.id}
        back = {**goods, "product_uom_qty": 1, "origin_returned_move_id": tester.move_id.id}
        with self.assertRaisesRegex(ValidationError, "is a tester"):
            self.env["stock.move"].create({**back, "move_line_ids": [Command.create({**goods, "quantity": 1, "lot_id": self.early.id})]})

    def test_a_move_to_scrap_is_not_turned_into_a_sale(self):
        tester = self._create_tester()
        tester.action_open()
        loss = self.product.property_stock_inventory
        goods = {"product_id": self.product.id, "location_id": tester.move_id.location_dest_id.id, "location_dest_id": loss.id}
        line = Command.create({**goods, "quantity": 1, "lot_id": self.early.id})
        move = self.env["stock.move"].create({**goods, "product_uom_qty": 1, "move_line_ids": [line]})
        with self.assertRaisesRegex(ValidationError, "is a tester"):
            move.move_line_ids.location_dest_id = self.customer
        with self.assertRaisesRegex(ValidationError, "is a tester"):
            move.location_dest_id = self.customer

    def test_a_sale_is_not_turned_into_one_of_a_tester(self):
        tester = self._create_tester()
        tester.action_open()
        picking = self._order_from_shelf()
        with self.assertRaisesRegex(ValidationError, "is a tester"):
            picking.move_line_ids.location_id = tester.move_id.location_dest_id

    def _order_from_shelf(self):
        """Return a reserved delivery of one unit from the shop."""
        goods = {"location_id": self.shelf.id, "location_dest_id": self.customer.id}
        move = Command.create({**goods, "product_id": self.product.id, "product_uom_qty": 1})
        picking = self.env["stock.picking"].create({**goods, "picking_type_id": self.shop.out_type_id.id, "move_ids": [move]})
        picking.action_confirm()
        picking.action_assign()
        return picking

    def test_testers_are_not_stock_of_the_shop(self):
        product = self.product.with_context(warehouse_id=self.shop.id)
        self.assertEqual(product.qty_available, 7)
        self._create_tester().action_open()
        product.invalidate_recordset()
        self.assertEqual(product.qty_available, 6)

    # --- who may do what
    def test_a_keeper_of_another_store_presses_no_button(self):
        tester = self._create_tester()
        for user in (self.keeper, self.shop_user):
            for method in ("action_open", "action_discard"):
                with self.subTest(user.name, method=method), self.assertRaises(AccessError):
                    getattr(tester.with_user(user), method)()
            for change in (lambda item: item.write({"note": "x"}), lambda item: item.unlink(), lambda item: item.read(["note"])):
                with self.subTest(user.name), self.assertRaises(AccessError):
                    change(tester.with_user(user))

    def test_a_tester_entered_for_another_store_is_that_stores_to_open(self):
        tester = self._create_tester()
        tester.store_id = self.store_centre
        with self.assertRaises(AccessError):
            tester.action_open()

    def test_the_quality_manager_discards_in_every_store(self):
        tester = self._create_tester()
        tester.action_open()
        tester.with_user(self.quality).action_discard()
        self.assertEqual(tester.discarded_by_id, self.quality)

    def test_another_company_sees_no_tester(self):
        company = self.env["res.company"].create({"name": "Second Company"})
        user = self._create_user(
            "test_quality_second",
            "cosmetics_inventory.group_quality_manager",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        tester = self._create_tester()
        self.assertFalse(self.env["cosmetics.tester"].with_user(user).search([("id", "=", tester.id)]))
        with self.assertRaises(AccessError):
            tester.with_user(user).action_open()

    def test_a_tester_starts_as_a_draft_whatever_was_sent(self):
        tester = self._create_tester(state="discarded", discarded_on=date(2026, 1, 1), discarded_by_id=self.keeper.id, name="SY/1")
        self.assertEqual((tester.state, tester.discarded_on, tester.discarded_by_id.id), ("draft", False, False))
        self.assertNotEqual(tester.name, "SY/1")

    def test_a_copy_is_another_unit(self):
        tester = self._create_tester()
        tester.action_open()
        copy = tester.copy()
        self.assertEqual((copy.state, copy.move_id.id, copy.opened_on), ("draft", False, self._today()))

    # --- reminders
    def test_a_reminder_that_was_ticked_off_comes_back_while_the_tester_stands(self):
        tester = self._create_tester()
        tester.action_open()
        with freeze_time("2026-09-01 02:00:00"):
            tester._cron_remind()
            first = tester.activity_ids
            first.action_done()
        with freeze_time("2026-09-02 02:00:00"):
            self.env["cosmetics.tester"]._cron_remind()
            tester.invalidate_recordset()
        self.assertEqual(len(tester.activity_ids), 1)
        self.assertNotEqual(tester.activity_ids, first)

    def test_a_manager_who_may_not_see_testers_leaves_the_reminder_to_whoever_opened_it(self):
        self.assertEqual(self.store.manager_id, self.shop_user)
        tester = self._create_tester()
        tester.action_open()
        with freeze_time("2026-09-01 02:00:00"):
            self.env["cosmetics.tester"]._cron_remind()
        self.assertEqual(tester.activity_ids.user_id, self.colleague)

    def test_nobody_is_reminded_of_testers_that_are_gone_or_not_opened(self):
        gone, draft = self._create_tester(), self._create_tester()
        gone.action_open()
        gone.action_discard()
        with freeze_time("2026-09-01 02:00:00"):
            self.env["cosmetics.tester"]._cron_remind()
            self.assertFalse((gone | draft).activity_ids)
            self.assertEqual((gone | draft).mapped("is_due"), [False, False])
