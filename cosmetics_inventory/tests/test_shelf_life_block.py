from datetime import datetime, timedelta

from freezegun import freeze_time
from odoo import Command, fields
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common_move import MoveCommon


@tagged("post_install", "-at_install")
class TestShelfLifeBlock(MoveCommon):
    """Every way out, as a keeper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.blocked = cls._create_blocked_lots()

    def _assert_refused(self, act, lot, destination):
        """Assert that an act is refused with a sentence that names the batch, and that nothing arrived."""
        before = self._quantity(lot, destination)
        with self.assertRaisesRegex(ValidationError, lot.name), self.env.cr.savepoint():
            act()
        self.assertEqual(self._quantity(lot, destination), before)

    def _refused_destinations(self):
        return (self.customers, self.transit, self.production, self.gifts, self.testers, self.shelf)

    # ------------------------------------------------------------------ ways of getting a line done
    def test_no_blocked_batch_is_validated(self):
        for lot in self.blocked.values():
            for destination in self._refused_destinations():
                with self.subTest(lot=lot.name, destination=destination.name):
                    move = self._create_move(self.stock, destination, lot)
                    self._assert_refused(move.picking_id.button_validate, lot, destination)

    def test_no_blocked_batch_passes_when_moves_are_done_directly(self):
        for lot in self.blocked.values():
            for destination in self._refused_destinations():
                with self.subTest(lot=lot.name, destination=destination.name):
                    move = self._create_move(self.stock, destination, lot)
                    self._assert_refused(move._action_done, lot, destination)

    def test_confirming_the_question_of_core_lets_nothing_through(self):
        lot = self.blocked["expired"]
        move = self._create_move(self.stock, self.customers, lot)
        self._assert_refused(move.picking_id.with_context(skip_expired=True).button_validate, lot, self.customers)

    def test_a_line_created_on_a_done_transfer_is_judged(self):
        move = self._create_move(self.stock, self.customers, self.fresh)
        move._action_done()
        for lot in self.blocked.values():
            vals = {**move._prepare_move_line_vals(), "lot_id": lot.id, "quantity": 1.0}
            self._assert_refused(lambda vals=vals: self.env["stock.move.line"].with_user(self.keeper).create(vals), lot, self.customers)

    def test_a_done_line_cannot_be_given_another_batch(self):
        move = self._create_move(self.stock, self.customers, self.fresh)
        move._action_done()
        for lot in self.blocked.values():
            self._assert_refused(lambda lot=lot: move.move_line_ids.write({"lot_id": lot.id}), lot, self.customers)

    def test_a_done_line_cannot_be_sent_on_to_a_customer(self):
        lot = self.blocked["recalled"]
        move = self._create_move(self.stock, self.loss, lot)
        move._action_done()
        self._assert_refused(lambda: move.move_line_ids.write({"location_dest_id": self.customers.id}), lot, self.customers)

    def test_a_done_line_of_a_batch_that_expired_meanwhile_may_shrink_but_not_grow(self):
        lot = self._create_lot("SOON", 60)
        move = self._create_move(self.stock, self.customers, lot, quantity=3.0)
        move._action_done()
        with freeze_time(fields.Datetime.now() + timedelta(days=90)):
            self._assert_refused(lambda: move.move_line_ids.write({"quantity": 4.0}), lot, self.customers)
            move.move_line_ids.write({"quantity": 2.0})
        self.assertEqual(self._quantity(lot, self.customers), 2.0)

    def test_an_imported_line_is_judged(self):
        move = self._create_move(self.stock, self.customers, self.fresh)
        move._action_done()
        lot = self.blocked["quarantine"]
        result = (
            self.env["stock.move.line"]
            .with_user(self.keeper)
            .load(
                ["move_id/.id", "product_id/.id", "location_id/.id", "location_dest_id/.id", "lot_id/.id", "quantity", "picking_id/.id"],
                [
                    [
                        str(move.id),
                        str(self.product.id),
                        str(self.stock.id),
                        str(self.customers.id),
                        str(lot.id),
                        "1",
                        str(move.picking_id.id),
                    ]
                ],
            )
        )
        self.assertFalse(result["ids"])
        self.assertIn("QUARANTINE", result["messages"][0]["message"])
        self.assertEqual(self._quantity(lot, self.customers), 0)

    def test_goods_cannot_be_counted_into_the_hands_of_a_customer(self):
        lot = self.blocked["expired"]
        quants = self.env["stock.quant"].with_user(self.manager).with_context(inventory_mode=True)

        def count():
            quants.create(
                {"product_id": self.product.id, "location_id": self.customers.id, "lot_id": lot.id, "inventory_quantity": 5}
            ).action_apply_inventory()

        self._assert_refused(count, lot, self.customers)

    def test_scrap_into_a_gift_location_is_no_scrap(self):
        lot = self.blocked["stopped"]
        scrap = self.env["stock.scrap"].with_user(self.keeper)
        vals = {"product_id": self.product.id, "lot_id": lot.id, "scrap_qty": 1, "location_id": self.stock.id}
        self._assert_refused(scrap.create({**vals, "scrap_location_id": self.gifts.id}).action_validate, lot, self.gifts)
        scrap.create({**vals, "scrap_location_id": self.loss.id}).action_validate()
        self.assertEqual(self._quantity(lot, self.loss), 1)

    def test_one_blocked_line_stops_the_whole_transfer_and_all_are_named(self):
        move = self._create_move(self.stock, self.customers, self.blocked["expired"])
        move.picking_id.move_ids = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "product_uom_qty": 1,
                    "location_id": self.stock.id,
                    "location_dest_id": self.customers.id,
                    "picking_id": move.picking_id.id,
                }
            )
        ]
        second = move.picking_id.move_ids - move
        second.move_line_ids = [
            Command.create({**second._prepare_move_line_vals(), "lot_id": self.blocked["recalled"].id, "quantity": 1, "picked": True})
        ]
        with self.assertRaisesRegex(ValidationError, "(?s)EXPIRED.*RECALLED"):
            move.picking_id.button_validate()

    # ------------------------------------------------------------------ what stays free
    def test_blocked_goods_leave_to_scrap_and_back_to_the_supplier(self):
        for lot in self.blocked.values():
            for destination in (self.loss, self.suppliers):
                with self.subTest(lot=lot.name, destination=destination.name):
                    self._create_move(self.stock, destination, lot)._action_done()
                    self.assertEqual(self._quantity(lot, destination), 1)

    def test_blocked_goods_move_inside_a_warehouse_and_home_to_the_centre(self):
        bay = self.env["stock.location"].create({"name": "Bay", "location_id": self.stock.id})
        for lot in self._create_blocked_lots_in_shop().values():
            self._create_move(self.shelf, bay, lot)._action_done()
            self._create_move(bay, self.stock, lot)._action_done()
            self.assertEqual(self._quantity(lot, self.stock), 1)

    def _create_blocked_lots_in_shop(self):
        lots = self.env["stock.lot"].browse()
        for days, name in ((-5, "S-EXPIRED"), (12, "S-STOPPED")):
            lots |= self._create_lot(name, days, location=self.shelf)
        lots |= self._create_lot("S-RECALLED", 400, location=self.shelf, state="recalled")
        return {lot.name: lot for lot in lots}

    def test_returns_of_customers_come_home_whatever_their_state(self):
        for lot in self.blocked.values():
            self.env["stock.quant"]._update_available_quantity(self.product, self.customers, 1, lot_id=lot)
            for destination in (self.shelf,):
                self._create_move(self.customers, destination, lot)._action_done()
                self.assertEqual(self._quantity(lot, destination), 1)

    def test_a_returned_batch_that_expired_does_not_leave_again(self):
        lot = self._create_lot("BACK", 60)
        delivery = self._create_move(self.stock, self.customers, lot)
        delivery._action_done()
        with freeze_time(fields.Datetime.now() + timedelta(days=61)):
            self._create_move(self.customers, self.stock, lot)._action_done()
            again = self._create_move(self.stock, self.customers, lot)
            self._assert_refused(again.picking_id.button_validate, lot, self.customers)

    # ------------------------------------------------------------------ chains
    def test_pick_pack_ship_refuses_at_the_pick(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        lot = self.blocked["expired"]
        pick = self._create_move(
            self.stock,
            self.warehouse.wh_pack_stock_loc_id,
            lot,
            location_final_id=self.customers.id,
            picking_type_id=self.warehouse.pick_type_id.id,
        )
        with self.assertRaisesRegex(ValidationError, "EXPIRED"):
            pick._action_done()

    def test_goods_recalled_between_pick_and_ship_stay(self):
        self.warehouse.delivery_steps = "pick_ship"
        self.env["stock.rule"].run(
            [
                self.env["stock.rule"].Procurement(
                    self.product,
                    1.0,
                    self.product.uom_id,
                    self.customers,
                    "Test",
                    "Test",
                    self.env.company,
                    {"warehouse_id": self.warehouse},
                )
            ]
        )
        pick = self.env["stock.move"].search([("product_id", "=", self.product.id), ("location_id", "=", self.stock.id)])
        self.assertEqual(pick.location_final_id, self.customers)
        pick._action_assign()
        self.assertEqual(pick.move_line_ids.lot_id, self.fresh)
        pick.picked = True
        pick._action_done()
        ship = pick.move_dest_ids
        self.assertEqual(ship.move_line_ids.lot_id, self.fresh)
        self.fresh._set_quality_state("recalled", "Test")
        ship.picked = True
        self._assert_refused(ship.with_user(self.keeper)._action_done, self.fresh, self.customers)
        ship.picked = False
        ship._do_unreserve()
        ship._action_assign()
        self.assertFalse(ship.move_line_ids, "what is recalled is not reserved by the chain either")

    def test_shop_transfers_over_transit_reserve_only_what_may_be_sold(self):
        move = self._create_order_move(30, destination=self.transit)
        self.assertEqual(move.move_line_ids.lot_id, self.fresh)

    def test_a_shop_inside_its_own_warehouse_moves_goods_freely(self):
        drawer = self.env["stock.location"].create({"name": "Drawer", "location_id": self.shelf.id})
        lot = self._create_lot("DRAWER", -1, location=self.shelf)
        self._create_move(self.shelf, drawer, lot)._action_done()
        self.assertEqual(self._quantity(lot, drawer), 1)

    def test_a_supplier_cannot_ship_expired_goods_straight_to_a_customer(self):
        move = self._create_move(self.suppliers, self.customers, self.blocked["expired"])
        self._assert_refused(move._action_done, self.blocked["expired"], self.customers)

    # ------------------------------------------------------------------ batches and quantities
    def test_cosmetics_do_not_leave_without_a_batch(self):
        move = self._create_move(self.stock, self.customers)
        with self.assertRaises(ValidationError) as caught:
            move.move_line_ids._check_shelf_life()
        self.assertIn("without a batch", str(caught.exception))
        with self.assertRaisesRegex(ValidationError, "without a batch"):
            move._action_done()

    def test_a_batch_never_goes_below_zero(self):
        move = self._create_move(self.stock, self.customers, self.fresh, quantity=11.0)
        with self.assertRaisesRegex(ValidationError, "there is less"), self.env.cr.savepoint():
            move._action_done()
        self.assertEqual(self._quantity(self.fresh, self.stock), 10)
        self._create_move(self.stock, self.customers, self.fresh, quantity=10.0)._action_done()
        self.assertEqual(self._quantity(self.fresh, self.stock), 0)

    def test_a_done_line_cannot_take_more_than_there_is(self):
        move = self._create_move(self.stock, self.customers, self.fresh, quantity=10.0)
        move._action_done()
        with self.assertRaisesRegex(ValidationError, "there is less"), self.env.cr.savepoint():
            move.move_line_ids.write({"quantity": 12.0})

    def test_goods_without_managed_shelf_life_keep_core_behaviour(self):
        bag = self._create_product(name="Bag", cosmetic_kind=False, is_storable=True, registration_no=False)
        self._create_move(self.stock, self.customers, product=bag)._action_done()
        quants = self.env["stock.quant"].search([("product_id", "=", bag.id), ("location_id", "=", self.stock.id)])
        self.assertEqual(sum(quants.mapped("quantity")), -1)

    # ------------------------------------------------------------------ midnight
    def test_goods_reserved_before_midnight_do_not_leave_after_it(self):
        with freeze_time("2027-01-10 15:59:00"):  # 23:59 in Shanghai
            lot = self.env["stock.lot"].create(
                {"name": "MIDNIGHT", "product_id": self.product.id, "expiration_on": "2027-03-01", "expiry_basis": "printed"}
            )
            lot_stop = lot.sale_stop_on
        last_day = datetime.combine(lot_stop, datetime.min.time()) - timedelta(hours=8, minutes=1)
        self.fresh._set_quality_state("quarantine", "Test")
        self.env["stock.quant"]._update_available_quantity(self.product, self.stock, 5, lot_id=lot)
        with freeze_time(last_day):
            move = self._create_order_move(2)
            self.assertEqual(move.move_line_ids.lot_id, lot)
        move.picked = True
        with freeze_time(last_day + timedelta(minutes=2)):
            self._assert_refused(move.picking_id.with_user(self.keeper).button_validate, lot, self.customers)
            move.picked = False
            move._do_unreserve()
            move._action_assign()
            self.assertFalse(move.move_line_ids)
        with freeze_time(last_day):
            move._action_assign()
            move.picked = True
            move.picking_id.with_user(self.keeper).button_validate()
        self.assertEqual(self._quantity(lot, self.customers), 2)

    def test_gifts_and_testers_are_only_for_locations_that_use_goods_up(self):
        with self.assertRaisesRegex(ValidationError, "cannot be for gifts"):
            self._create_location("Wrong", "internal", shelf_life_use="gift")

    def test_the_form_of_a_location_offers_the_use(self):
        with Form(self.env["stock.location"].with_user(self.manager)) as form:
            form.name = "Samples"
            form.usage = "inventory"
            form.shelf_life_use = "gift"
        self.assertEqual(form.record.shelf_life_use, "gift")
