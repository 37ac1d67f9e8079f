"""Goods that do not move: the place, the shop or the product around them becomes another one."""

from datetime import timedelta

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common_move import MoveCommon


@tagged("post_install", "-at_install")
class TestShelfLifePlace(MoveCommon):
    """Every act by the manager, who may set locations."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bay = cls.env["stock.location"].create({"name": "Bay", "location_id": cls.stock.id})
        cls.board = cls.env["stock.location"].create({"name": "Board", "location_id": cls.bay.id})
        cls.master_data = cls._create_user("test_master", "cosmetics_base.group_master_data", "cosmetics_inventory.group_warehouse_manager")

    def _write(self, location, **vals):
        with self.env.cr.savepoint():
            location.with_user(self.manager).write(vals)

    # ------------------------------------------------------------------ another type or use
    def test_a_place_with_goods_does_not_become_a_customer(self):
        for number, usage in enumerate(("customer", "transit", "production", "inventory")):
            self._create_lot(f"STUCK{number}", -1, quantity=1, location=self.bay)
            with self.subTest(usage=usage), self.assertRaises(UserError):
                self._write(self.bay, usage=usage)
        self.assertEqual(self.bay.usage, "internal")

    def test_a_place_with_goods_of_another_company_does_not_become_a_customer(self):
        """Core looks only at the goods that the user sees."""
        other = self.env["res.company"].create({"name": "Other Company"})
        shared = self._create_location("Shared", "internal", company_id=False)
        lot = self._create_lot("THEIRS", -1, quantity=0)
        self.env["stock.quant"]._update_available_quantity(self.product, shared, 2, lot_id=lot)
        self.env.cr.execute("UPDATE stock_quant SET company_id = %s WHERE lot_id = %s", [other.id, lot.id])
        self.env.invalidate_all()
        self.assertFalse(self.env["stock.quant"].with_user(self.manager).search([("lot_id", "=", lot.id)]))
        with self.assertRaisesRegex(ValidationError, "THEIRS"):
            self._write(shared, usage="customer")

    def test_scrapped_goods_are_not_given_away_by_a_tick(self):
        lot = self._create_lot("EXPIRED", -1)
        self._create_move(self.stock, self.loss, lot)._action_done()
        for use in ("gift", "tester"):
            with self.assertRaisesRegex(ValidationError, "its use stays"):
                self._write(self.loss, shelf_life_use=use)
        self.assertFalse(self.loss.shelf_life_use)

    def test_testers_do_not_become_stock_by_a_tick(self):
        self._create_move(self.stock, self.testers, self.fresh)._action_done()
        for use in (False, "gift"):
            with self.assertRaisesRegex(ValidationError, "its use stays"):
                self._write(self.testers, shelf_life_use=use)

    def test_an_unused_place_takes_any_use_and_saving_the_same_use_is_no_change(self):
        self._write(self.loss, shelf_life_use="gift")
        self._create_move(self.stock, self.loss, self.fresh)._action_done()
        self._write(self.loss, shelf_life_use="gift", name="Samples")
        self.assertEqual((self.loss.shelf_life_use, self.loss.name), ("gift", "Samples"))
        self._create_move(self.stock, self.production, self.fresh)._action_done()
        self._write(self.production, shelf_life_use=False)

    # ------------------------------------------------------------------ another warehouse
    def test_a_place_with_blocked_goods_does_not_fall_to_a_shop(self):
        lot = self._create_lot("STOPPED", 10, location=self.board)
        with self.assertRaisesRegex(ValidationError, "STOPPED.*must not get to"):
            self._write(self.bay, location_id=self.shelf.id)
        self.assertEqual(self.bay.location_id, self.stock)
        self._create_move(self.board, self.loss, lot, quantity=10.0)._action_done()
        self._create_lot("GOOD", 600, location=self.board)
        self._write(self.bay, location_id=self.shelf.id)
        self.assertEqual(self.bay.warehouse_id, self.shop)

    def test_the_places_below_follow_to_the_other_warehouse(self):
        """Core keeps the old warehouse there, and the board would go on counting as a part of the centre."""
        self._write(self.bay, location_id=self.shelf.id)
        self.assertEqual((self.board.warehouse_id, self.board.is_shop), (self.shop, True))
        lot = self._create_lot("RECALLED", 400, state="recalled")
        with self.assertRaisesRegex(ValidationError, "RECALLED"):
            self._create_move(self.stock, self.board, lot)._action_done()

    def test_blocked_goods_move_with_their_place_inside_a_warehouse_and_home(self):
        lot = self._create_lot("OLD", -4, location=self.board)
        room = self.env["stock.location"].create({"name": "Room", "location_id": self.warehouse.view_location_id.id})
        self._write(self.bay, location_id=room.id)
        drawer = self.env["stock.location"].create({"name": "Drawer", "location_id": self.shelf.id})
        self.env["stock.quant"]._update_available_quantity(self.product, drawer, 1, lot_id=lot)
        self._write(drawer, location_id=self.stock.id)
        self.assertEqual(drawer.warehouse_id, self.warehouse)

    def test_a_shop_does_not_take_over_the_place_of_the_centre(self):
        lot = self._create_lot("HELD", 600, location=self.board, state="quarantine")
        with self.assertRaisesRegex(ValidationError, "HELD"), self.env.cr.savepoint():
            self.shop.with_user(self.manager).view_location_id = self.bay
        self._create_move(self.board, self.loss, lot, quantity=10.0)._action_done()
        self.shop.with_user(self.manager).view_location_id = self.bay
        self.assertTrue(self.board.is_shop)

    # ------------------------------------------------------------------ another shop
    def test_a_warehouse_with_blocked_goods_does_not_become_a_shop(self):
        depot = self._create_store("Depot", kind="warehouse", warehouse_id=self.warehouse.id)
        self._create_lot("EXPIRED", -1, location=self.board)
        for kind in ("shop", "counter", "online"):
            with self.subTest(kind=kind), self.assertRaisesRegex(ValidationError, "cannot become a shop.*EXPIRED"), self.env.cr.savepoint():
                depot.kind = kind
        with self.assertRaisesRegex(ValidationError, "cannot become a shop"), self.env.cr.savepoint():
            self._create_store("New Shop", warehouse_id=self.warehouse.id)
        with self.assertRaisesRegex(ValidationError, "cannot become a shop"), self.env.cr.savepoint():
            self.store.warehouse_id = self.warehouse
        self.assertFalse(self.stock.is_shop)

    def test_a_closed_shop_does_not_open_again_over_blocked_goods(self):
        self.store.active = False
        lot = self._create_lot("RECALLED", 500, state="recalled")
        self._create_move(self.stock, self.shelf, lot)._action_done()
        with self.assertRaisesRegex(ValidationError, "RECALLED"), self.env.cr.savepoint():
            self.store.active = True
        self._create_move(self.shelf, self.stock, lot)._action_done()
        self.store.active = True
        self.assertTrue(self.shelf.is_shop)

    def test_an_open_shop_keeps_its_shelf_whatever_happens_on_it(self):
        self._create_lot("EXPIRED", -1, location=self.shelf)
        self.store.kind = "counter"
        self._create_store("Second Till", warehouse_id=self.shop.id)
        self.assertTrue(self.shelf.is_shop)

    # ------------------------------------------------------------------ another product
    def test_goods_in_stock_stay_cosmetics(self):
        expired = self._create_lot("EXPIRED", -1)
        template = self.product.product_tmpl_id
        for vals in (
            {"cosmetic_kind": "other", "registration_no": False},
            {"is_storable": False},
            {"type": "consu", "is_storable": False, "tracking": "none"},
        ):
            with self.subTest(vals), self.assertRaisesRegex(ValidationError, "so it stays a cosmetic"), self.env.cr.savepoint():
                template.with_user(self.master_data).write(vals)
        self.assertTrue(template.is_shelf_life_managed)
        self.assertEqual(expired._get_sale_obstacle(), {expired: "expired"})

    def test_a_product_typed_wrongly_is_corrected_once_its_stock_is_gone(self):
        self._create_move(self.stock, self.suppliers, self.fresh, quantity=10.0)._action_done()
        self.product.product_tmpl_id.with_user(self.master_data).write({"cosmetic_kind": "other", "registration_no": False})
        self.assertFalse(self.product.is_shelf_life_managed)

    def test_a_batch_changes_neither_its_product_nor_its_fate_with_its_name(self):
        lot = self._create_lot("EXPIRED", -1)
        self._create_move(self.stock, self.loss, lot)._action_done()
        sponge = self._create_product(name="Sponge", cosmetic_kind="other", is_storable=True, tracking="lot")
        with self.assertRaises(UserError):
            lot.with_user(self.keeper).product_id = sponge
        lot.with_user(self.keeper).name = "FRESH AS NEW"
        with self.assertRaisesRegex(ValidationError, "FRESH AS NEW"):
            self._create_move(self.stock, self.customers, lot)._action_done()

    # ------------------------------------------------------------------ other dates
    def test_dates_corrected_while_reserved_count_when_the_goods_leave(self):
        quality = self._create_user("test_quality_dates", "cosmetics_inventory.group_quality_manager")
        move = self._create_order_move(3)
        self.assertEqual(move.move_line_ids.lot_id, self.fresh)
        self.fresh.with_user(quality)._correct_dates({"expiration_on": self.today - timedelta(days=1)}, "Read the pack again")
        move.picked = True
        with self.assertRaisesRegex(ValidationError, "FRESH.*expired"), self.env.cr.savepoint():
            move.picking_id.with_user(self.keeper).button_validate()
        move.picked = False
        move._do_unreserve()
        move._action_assign()
        self.assertFalse(move.move_line_ids)
        self.fresh.with_user(quality)._correct_dates({"expiration_on": self.today + timedelta(days=500)}, "Wrong carton")
        move._action_assign()
        move.picked = True
        move.picking_id.with_user(self.keeper).button_validate()
        self.assertEqual(self._quantity(self.fresh, self.customers), 3)

    def test_limits_of_bands_that_change_while_reserved_count_when_the_goods_leave(self):
        lot = self._create_lot("NEAR", 60)
        move = self._create_order_move(2)
        self.assertEqual(move.move_line_ids.lot_id, lot)
        self.env.ref("cosmetics_inventory.band_stop").write({"limit_value": 80, "max_share": 0})
        self.assertEqual(lot._get_sale_obstacle(), {lot: "stopped"})
        move.picked = True
        with self.assertRaisesRegex(ValidationError, "NEAR"), self.env.cr.savepoint():
            move.picking_id.with_user(self.keeper).button_validate()

    def test_a_release_that_was_used_is_not_asked_for_again_when_the_transfer_is_done(self):
        """Declaring a move done is judged as well, but not a second time after its own release was used up."""
        first = self._create_user("test_asker", "cosmetics_inventory.group_quality_manager")
        lot = self._create_lot("STOPPED", 10)
        vals = {"lot_id": lot.id, "reason": "Uses it up", "quantity": 1, "valid_until": fields.Date.to_string(self.today)}
        override = self.env["cosmetics.shelf.life.override"].with_user(first).create(vals)
        override.with_user(self.manager).action_approve()
        move = self._create_move(self.stock, self.customers, lot)
        move._action_done()
        self.assertEqual((move.state, override.sudo().state), ("done", "used"))
        with freeze_time(fields.Datetime.now() + timedelta(days=2)), self.assertRaisesRegex(ValidationError, "no longer sold"):
            self._create_move(self.stock, self.customers, lot)._action_done()
