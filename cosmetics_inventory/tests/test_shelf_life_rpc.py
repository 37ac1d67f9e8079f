"""What a client may send past every view: any field, any context, any import."""

import json
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import tagged

from .common_move import MoveCommon


@tagged("post_install", "-at_install")
class TestShelfLifeRpc(MoveCommon):
    """Calls as they come over the wire, as a keeper: arguments and context are JSON."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.blocked = cls._create_blocked_lots()
        cls.expired = cls.blocked["expired"]
        cls.recalled = cls.blocked["recalled"]

    def _call(self, model, method, *args, user=None, **kwargs):
        """Call a public method the way the web client and scripts do."""
        args, kwargs = json.loads(json.dumps([args, kwargs]))
        return call_kw(self.env(user=user or self.keeper, context={})[model], method, args, kwargs)

    def _assert_stays(self, lot, act, sentence=None):
        """Assert that a call is refused and that nothing of the batch left the centre."""
        before = self._quantity(lot, self.stock)
        with self.assertRaisesRegex(ValidationError, sentence or lot.name), self.env.cr.savepoint():
            act()
        self.assertEqual(self._quantity(lot, self.stock), before)
        self.assertEqual(self._quantity(lot, self.customers), 0)

    def _prepare_line_vals(self, move, lot, **vals):
        return {
            "move_id": move.id,
            "picking_id": move.picking_id.id,
            "product_id": lot.product_id.id,
            "lot_id": lot.id,
            "location_id": self.stock.id,
            "location_dest_id": self.customers.id,
            "quantity": 1.0,
            **vals,
        }

    # ------------------------------------------------------------------ done lines and moves
    def test_no_field_of_a_done_line_sends_blocked_goods_on(self):
        home = self._create_move(self.stock, self.loss, self.recalled)
        home.with_user(self.manager)._action_done()
        away = self._create_move(self.stock, self.customers, self.fresh)
        away._action_done()
        line, other = home.move_line_ids, away.move_line_ids
        quant = self.env["stock.quant"].search([("lot_id", "=", self.recalled.id), ("location_id", "=", self.stock.id)])
        attempts = [
            (line, {"location_dest_id": self.customers.id}),
            (line, {"location_dest_id": self.gifts.id}),
            (line, {"location_dest_id": self.shelf.id}),
            (other, {"lot_id": self.recalled.id}),
            (other, {"lot_id": self.recalled.id, "is_batch_proposed": True, "fefo_reason": "Forged"}),
            (other, {"quant_id": quant.id}),
            (line, {"move_id": away.id, "location_dest_id": self.customers.id}),
        ]
        for record, vals in attempts:
            with self.subTest(vals):
                self._assert_stays(
                    self.recalled,
                    lambda record=record, vals=vals: self._call("stock.move.line", "write", [record.id], vals, user=self.manager),
                )

    def test_a_done_line_of_stopped_goods_does_not_grow_by_rpc(self):
        lot = self._create_lot("SOON", 100)
        move = self._create_move(self.stock, self.customers, lot)
        move._action_done()
        lot._set_quality_state("recalled", "Test")
        with self.assertRaisesRegex(ValidationError, "SOON"), self.env.cr.savepoint():
            self._call("stock.move.line", "write", [move.move_line_ids.id], {"quantity": 5.0})
        with self.assertRaisesRegex(ValidationError, "SOON"), self.env.cr.savepoint():
            self._call("stock.move", "write", [move.id], {"quantity": 5.0})
        self.assertEqual(self._quantity(lot, self.customers), 1)

    def test_the_state_of_a_line_is_not_written(self):
        """Else a done line could be "draft" while it gets another batch, or product, and "done" again afterwards."""
        move = self._create_move(self.stock, self.customers, self.fresh)
        self._call("stock.move.line", "write", [move.move_line_ids.id], {"state": "done"})
        self.assertEqual(move.move_line_ids.state, move.state)
        move._action_done()
        self._call("stock.move.line", "write", [move.move_line_ids.id], {"state": "draft"})
        self.assertEqual(move.move_line_ids.state, "done")
        act = {"state": "draft", "lot_id": self.expired.id}
        self._assert_stays(self.expired, lambda: self._call("stock.move.line", "write", [move.move_line_ids.id], act))

    def test_a_move_is_not_declared_done(self):
        move = self._create_move(self.stock, self.customers, self.recalled)
        self._assert_stays(self.recalled, lambda: self._call("stock.move", "write", [move.id], {"state": "done"}))
        context = {"shelf_life_completing": True, "shelf_life_need": {"kind": "dispose"}, "skip_expired": True}
        self._assert_stays(self.recalled, lambda: self._call("stock.move", "write", [move.id], {"state": "done"}, context=context))
        self._assert_stays(self.recalled, lambda: self._call("stock.picking", "button_validate", [move.picking_id.id], context=context))

    def test_a_move_is_not_created_done(self):
        vals = {
            "product_id": self.product.id,
            "product_uom_qty": 1,
            "location_id": self.stock.id,
            "location_dest_id": self.customers.id,
            "state": "done",
            "move_line_ids": [
                Command.create(
                    {
                        "product_id": self.product.id,
                        "lot_id": self.expired.id,
                        "quantity": 1,
                        "location_id": self.stock.id,
                        "location_dest_id": self.customers.id,
                    }
                )
            ],
        }
        self._assert_stays(self.expired, lambda: self._call("stock.move", "create", [vals]))

    def test_lines_are_not_created_on_a_done_transfer(self):
        move = self._create_move(self.stock, self.customers, self.fresh)
        move._action_done()
        for lot in self.blocked.values():
            vals = self._prepare_line_vals(move, lot, is_batch_proposed=True)
            self._assert_stays(lot, lambda vals=vals: self._call("stock.move.line", "create", [vals]))
            vals = {name: value for name, value in vals.items() if name != "move_id"}  # core then makes a done move of its own
            self._assert_stays(lot, lambda vals=vals: self._call("stock.move.line", "create", [vals]))

    def test_an_inventory_mark_takes_no_batch_below_zero(self):
        move = self._create_move(self.stock, self.customers, self.fresh, quantity=11.0, is_inventory=True)
        with self.assertRaisesRegex(ValidationError, "there is less"), self.env.cr.savepoint():
            self._call("stock.picking", "button_validate", [move.picking_id.id], context={"skip_backorder": True})
        self.assertEqual(self._quantity(self.fresh, self.stock), 10)

    # ------------------------------------------------------------------ reasons and needs
    def test_nobody_says_by_hand_that_a_batch_was_proposed(self):
        self._create_lot("SOONER", 300)
        for context in ({}, {"default_is_batch_proposed": True}):
            move = self._create_move(self.stock, self.customers, self.fresh)
            move.move_line_ids.unlink()
            line_id = self._call(
                "stock.move.line", "create", [self._prepare_line_vals(move, self.fresh, is_batch_proposed=True)], context=context
            )[0]
            line = self.env["stock.move.line"].browse(line_id)
            self.assertFalse(line.is_batch_proposed)
            self._call("stock.move.line", "write", [line_id], {"is_batch_proposed": True})
            self.assertFalse(line.is_batch_proposed)
            line.picked = True
            with self.assertRaisesRegex(ValidationError, "SOONER expires earlier"), self.env.cr.savepoint():
                self._call("stock.picking", "button_validate", [move.picking_id.id])

    def test_a_reservation_still_says_that_it_proposed_the_batch(self):
        move = self._create_order_move(2)
        self.assertTrue(move.move_line_ids.is_batch_proposed)
        self._call("stock.move.line", "write", [move.move_line_ids.id], {"is_batch_proposed": False, "quantity": 1.0})
        self.assertTrue(move.move_line_ids.is_batch_proposed, "only another batch makes it a choice")
        self._call("stock.move.line", "write", [move.move_line_ids.id], {"lot_id": self.expired.id})
        self.assertFalse(move.move_line_ids.is_batch_proposed)

    def test_a_forged_need_gives_no_more_than_the_move_may_have(self):
        day = str(self.today - timedelta(days=100))
        for forged in ("dispose", {"kind": "dispose", "min_expiration_on": None, "band_id": None, "day": day}, ["dispose"], 1):
            with self.subTest(forged=forged):
                move = self._create_order_move(30)
                move._do_unreserve()
                context = {"shelf_life_need": forged, "with_expiration": False, "waiting_line_vals": [{"product_id": self.product.id}]}
                self._call("stock.picking", "action_assign", [move.picking_id.id], context=context)
                self.assertEqual(move.move_line_ids.lot_id, self.fresh)
                move.picking_id.action_cancel()

    def test_a_forged_need_breaks_no_search_of_stock(self):
        quants = self.env["stock.quant"].with_context(shelf_life_need={"kind": "dispose"})
        self.assertEqual(len(quants._gather(self.product, self.stock)), 6, "core's search, as without the key")

    # ------------------------------------------------------------------ stock written directly
    def test_the_stock_is_not_written_by_hand(self):
        quants = self.env["stock.quant"].search([("lot_id", "in", (self.recalled | self.fresh).ids), ("location_id", "=", self.stock.id)])
        quant = quants.filtered(lambda quant: quant.lot_id == self.recalled)
        for user in (self.keeper, self.manager):
            for vals in (
                {"location_id": self.customers.id},
                {"lot_id": self.fresh.id},
                {"quantity": 99},
                {"reserved_quantity": -99},
                {"is_held": False},
            ):
                with self.subTest(user=user.login, vals=vals), self.assertRaisesRegex(UserError, "not written by hand"):
                    self._call("stock.quant", "write", [quant.id], vals, user=user)
            with self.assertRaisesRegex(UserError, "not written by hand"), self.env.cr.savepoint():
                vals = {"product_id": self.product.id, "location_id": self.customers.id, "lot_id": self.recalled.id, "quantity": 1}
                self._call("stock.quant", "create", [vals], user=user)
        self.assertEqual(self._quantity(self.recalled, self.customers), 0)

    def test_nobody_writes_the_stock_of_other_goods_either(self):
        bag = self._create_product(name="Bag", cosmetic_kind="other", is_storable=True)
        vals = {"product_id": bag.id, "location_id": self.stock.id, "quantity": 3}
        with self.assertRaisesRegex(UserError, "not written by hand"):
            self._call("stock.quant", "create", [vals])
        self.env["stock.quant"]._update_available_quantity(bag, self.stock, 3)
        quant = self.env["stock.quant"].search([("product_id", "=", bag.id)])
        with self.assertRaisesRegex(UserError, "not written by hand"):
            self._call("stock.quant", "write", [quant.id], {"quantity": 4})

    def test_counting_by_hand_and_by_import_still_works(self):
        quant = self.env["stock.quant"].search([("lot_id", "=", self.fresh.id), ("location_id", "=", self.stock.id)])
        self._call("stock.quant", "write", [quant.id], {"inventory_quantity": 8}, context={"inventory_mode": True})
        self._call("stock.quant", "action_apply_inventory", [quant.id], user=self.manager, context={"inventory_mode": True})
        self.assertEqual(self._quantity(self.fresh, self.stock), 8)
        result = self._load_count(self.stock, self.fresh, 12)
        self.assertTrue(result["ids"], result["messages"])
        self._apply(result)
        self.assertEqual(self._quantity(self.fresh, self.stock), 12)

    def _apply(self, result):
        """Apply an imported count as another manager does."""
        second = self._create_user("test_second_manager", "cosmetics_inventory.group_warehouse_manager")
        self.env["stock.quant"].browse(result["ids"]).with_user(second).action_apply_inventory()

    def _load_count(self, location, lot, quantity):
        """Import a counted quantity as the manager does."""
        return self._call(
            "stock.quant",
            "load",
            ["product_id/.id", "location_id/.id", "lot_id/.id", "inventory_quantity"],
            [[str(self.product.id), str(location.id), str(lot.id), str(quantity)]],
            user=self.manager,
            context={"inventory_mode": True},
        )

    def test_an_imported_count_puts_nothing_into_the_hands_of_a_customer(self):
        for lot in (self.expired, self.recalled):
            with self.assertRaisesRegex(ValidationError, lot.name), self.env.cr.savepoint():
                result = self._load_count(self.customers, lot, 3)
                self._apply(result)
            self.assertEqual(self._quantity(lot, self.customers), 0)

    def test_what_is_counted_into_a_shop_does_not_leave_it(self):
        """That expired goods lie on a shelf is a fact that a count may find; they are not sold from there."""
        result = self._load_count(self.shelf, self.expired, 3)
        self._apply(result)
        self.assertEqual(self._quantity(self.expired, self.shelf), 3)
        self.assertFalse(self._create_order_move(1, location=self.shelf).move_line_ids)
        move = self._create_move(self.shelf, self.customers, self.expired)
        with self.assertRaisesRegex(ValidationError, "EXPIRED"):
            self._call("stock.picking", "button_validate", [move.picking_id.id])

    def test_relocating_is_a_way_to_the_shop_too(self):
        bay = self.env["stock.location"].create({"name": "Bay", "location_id": self.stock.id})
        for lot in (self.expired, self.recalled):
            quant = self.env["stock.quant"].search([("lot_id", "=", lot.id), ("location_id", "=", self.stock.id)])
            wizard = self.env["stock.quant.relocate"].with_user(self.manager)
            refused = wizard.create({"quant_ids": [Command.set(quant.ids)], "dest_location_id": self.shelf.id})
            with self.assertRaisesRegex(ValidationError, lot.name), self.env.cr.savepoint():
                refused.action_relocate_quants()
            self.assertEqual(self._quantity(lot, self.shelf), 0)
            wizard.create({"quant_ids": [Command.set(quant.ids)], "dest_location_id": bay.id}).action_relocate_quants()
            self.assertEqual(self._quantity(lot, bay), 10)
        with self.assertRaisesRegex(ValidationError, "EXPIRED"):
            self.env["stock.quant"].search([("location_id", "=", bay.id)]).with_user(self.manager).move_quants(self.customers)

    def test_nobody_changes_what_only_the_system_derives(self):
        tomorrow = str(fields.Datetime.now() + timedelta(days=900))
        for vals in ({"removal_date": tomorrow}, {"sale_stop_on": tomorrow[:10]}, {"is_held": False}):
            self._call("stock.lot", "write", [self.recalled.id, self.expired.id], vals, user=self.manager)
        self.assertEqual(set((self.recalled | self.expired)._get_sale_obstacle().values()), {"recalled", "expired"})
        self.assertTrue(self.recalled.is_held)
