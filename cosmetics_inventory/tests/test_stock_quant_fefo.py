import random
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.addons.stock.models.stock_quant import StockQuant
from odoo.tests import tagged

from .common_move import MoveCommon


@tagged("post_install", "-at_install")
class TestStockQuantFefo(MoveCommon):
    """What is reserved, and in which order."""

    def _reserved(self, move):
        """Return [(batch name, quantity)] in the order of the dates."""
        lines = move.move_line_ids.sorted(lambda line: line.lot_id.removal_date)
        return [(line.lot_id.name, line.quantity) for line in lines]

    def test_the_first_to_expire_leaves_first(self):
        self._create_lot("LATER", 900)
        self._create_lot("SOONER", 300, quantity=4)
        move = self._create_order_move(6)
        self.assertEqual(self._reserved(move), [("SOONER", 4.0), ("FRESH", 2.0)])

    def test_no_setting_turns_first_expired_first_out_off(self):
        self._create_lot("SOONER", 300, quantity=4)
        self.product.categ_id.removal_strategy_id = self.env.ref("stock.removal_lifo")
        self.stock.removal_strategy_id = self.env.ref("stock.removal_fifo")
        self.assertEqual(self._reserved(self._create_order_move(1)), [("SOONER", 1.0)])

    def test_what_may_not_be_sold_is_not_reserved(self):
        self._create_blocked_lots()
        move = self._create_order_move(15)
        self.assertEqual(self._reserved(move), [("FRESH", 10.0)])
        self.assertEqual(move.state, "partially_available")

    def test_goods_that_stop_being_sold_before_the_planned_day_are_left_out(self):
        stops = self._create_lot("STOPS", 100)
        soon = self._create_order_move(1)
        self.assertEqual(soon.move_line_ids.lot_id, stops)
        late = self._create_order_move(1, date=fields.Datetime.now() + timedelta(days=80))
        self.assertEqual(late.move_line_ids.lot_id, self.fresh)

    def test_a_planned_day_in_the_past_does_not_revive_old_goods(self):
        self._create_lot("OLD", 10)
        move = self._create_order_move(1, date=fields.Datetime.now() - timedelta(days=100))
        self.assertEqual(move.move_line_ids.lot_id, self.fresh)

    def test_expired_goods_are_reserved_for_scrap_and_for_the_supplier(self):
        expired = self._create_lot("EXPIRED", -3)
        for destination in (self.loss, self.suppliers):
            move = self._create_order_move(2, destination=destination)
            self.assertEqual(move.move_line_ids.lot_id, expired)

    def test_what_came_by_a_chain_goes_on_to_its_shelf_whatever_its_state(self):
        self.warehouse.reception_steps = "two_steps"
        lot = self._create_lot("HELD", 500, quantity=0)
        receipt = self._create_move(
            self.suppliers, self.warehouse.wh_input_stock_loc_id, lot, quantity=3.0, location_final_id=self.stock.id
        )
        receipt._action_done()
        lot._set_quality_state("quarantine", "Test")
        store = receipt.move_dest_ids
        store._do_unreserve()
        store._action_assign()
        self.assertEqual(store.move_line_ids.lot_id, lot)

    def test_two_orders_never_get_the_same_unit(self):
        first = self._create_order_move(7)
        second = self._create_order_move(7)
        self.assertEqual((first.quantity, second.quantity), (7.0, 3.0))
        quant = self.env["stock.quant"].search([("lot_id", "=", self.fresh.id), ("location_id", "=", self.stock.id)])
        self.assertEqual(quant.reserved_quantity, 10.0)

    def test_moves_of_the_same_product_in_one_transfer_share_the_stock(self):
        """Lines are made together, yet the second move sees what the first one took."""
        other = self._create_product(name="Other", is_storable=True)
        other_lot = self._create_lot("OTHER", 400, product=other)
        self._create_lot("SOONER", 300, quantity=4)
        moves = self._create_order_move(6)
        moves._do_unreserve()
        for product, quantity in ((self.product, 5), (other, 3), (self.product, 9)):
            moves |= moves[0].copy({"product_id": product.id, "product_uom_qty": quantity})
        (moves - moves[0])._action_confirm(merge=False)
        moves._do_unreserve()
        moves._action_assign()
        self.assertEqual(moves.mapped("quantity"), [6.0, 5.0, 3.0, 3.0])
        self.assertEqual(moves.mapped("state"), ["assigned", "assigned", "assigned", "partially_available"])
        quants = self.env["stock.quant"].search([("location_id", "=", self.stock.id), ("product_id", "in", (self.product | other).ids)])
        self.assertEqual(sum(quants.mapped("reserved_quantity")), 17.0)
        self.assertEqual(len(quants), 3, "no entry was doubled")
        self.assertEqual(moves[2].move_line_ids.lot_id, other_lot)

    def test_one_query_gives_what_core_gives_on_random_stock(self):
        """The query and core's walk through all entries agree, entry by entry, on 60 random stocks."""
        generator = random.Random(20270101)
        shelves = self.stock | self.env["stock.location"].create(
            [{"name": f"Shelf {number}", "location_id": self.stock.id} for number in range(3)]
        )
        lots = [self._create_lot(f"L{number}", generator.randint(90, 120), quantity=0) for number in range(12)]
        quants = self.env["stock.quant"]
        tried = fallen_back = 0
        for _round in range(60):
            quants.search([("product_id", "=", self.product.id)]).sudo().unlink()
            for _entry in range(generator.randint(0, 25)):
                quantity = generator.choice([0, 1, 2, 5, 7.5])
                quants.sudo().create(
                    {
                        "product_id": self.product.id,
                        "location_id": generator.choice(shelves).id,
                        "lot_id": generator.choice(lots).id,
                        "quantity": quantity,
                        "reserved_quantity": min(quantity, generator.choice([0, 0, 1, 2])) + (0.5 if generator.random() < 0.01 else 0),
                        "in_date": fields.Datetime.now() - timedelta(days=generator.randint(0, 3)),
                    }
                )
            need = generator.choice([0.5, 1, 3, 10, 30, 1000])
            unit = generator.choice([self.product.uom_id, self.env.ref("uom.product_uom_dozen")])
            ours = quants._get_reserve_quantity(self.product, self.stock, need, uom_id=unit)
            rows = quants.sudo()._lock_fefo_rows(self.product, self.stock, need)
            fallen_back += rows is None
            core = StockQuant._get_reserve_quantity(quants, self.product, self.stock, need, uom_id=unit)
            self.assertEqual([(quant.id, taken) for quant, taken in ours], [(quant.id, taken) for quant, taken in core])
            tried += 1
        self.assertEqual(tried, 60)
        self.assertTrue(0 < fallen_back < 60, "both the query and the way back to core were tried")

    def test_a_negative_entry_is_left_to_core(self):
        self.env["stock.quant"].sudo().create(
            {"product_id": self.product.id, "location_id": self.stock.id, "lot_id": self.fresh.id, "quantity": -3}
        )
        self.assertEqual(self._create_order_move(10).quantity, 7.0)

    def test_only_entries_that_cover_the_need_are_read(self):
        for number in range(30):
            self._create_lot(f"MANY{number}", 300 + number, quantity=2)
        quants = self.env["stock.quant"].sudo()
        rows = quants._lock_fefo_rows(self.product, self.stock, 3.0)
        self.assertEqual(len(rows), 2)
        with patch.object(StockQuant, "_gather", side_effect=AssertionError("core read all entries")):
            reserved = quants._get_reserve_quantity(self.product, self.stock, 3.0, uom_id=self.product.uom_id)
        self.assertEqual([taken for _quant, taken in reserved], [2.0, 1.0])

    # ------------------------------------------------------------------ availability
    def test_availability_leaves_out_what_may_not_be_sold(self):
        product = self.product.with_context(warehouse_id=self.warehouse.id)
        self.assertEqual((product.qty_available, product.free_qty, product.virtual_available), (10, 10, 10))
        self._create_blocked_lots()
        product.invalidate_recordset()
        self.assertEqual((product.qty_available, product.free_qty, product.virtual_available), (60, 10, 10))

    def test_what_is_reserved_of_a_held_batch_is_left_out_once(self):
        self._create_order_move(4)
        self.fresh._set_quality_state("quarantine", "Test")
        product = self.product.with_context(warehouse_id=self.warehouse.id)
        product.invalidate_recordset()
        self.assertEqual((product.qty_available, product.free_qty), (10, 0))

    def test_a_held_batch_is_held_in_stock_and_free_again_after_release(self):
        quant = self.env["stock.quant"].search([("lot_id", "=", self.fresh.id), ("location_id", "=", self.stock.id)])
        self.fresh._set_quality_state("quarantine", "Test")
        self.assertTrue(quant.is_held)
        self.assertEqual(quant.available_quantity, 0)
        self.assertFalse(self._create_order_move(1).move_line_ids)
        self.fresh._set_quality_state("released", "Test")
        quant.invalidate_recordset()
        self.assertEqual(quant.available_quantity, 10)
        self.assertEqual(self._create_order_move(1).move_line_ids.lot_id, self.fresh)

    def test_sellable_quantity_of_a_warehouse_keeps_the_promise(self):
        self._create_lot("NEAR", 200)
        self._create_lot("SHOP", 700, location=self.shelf)
        self._create_blocked_lots()
        self.assertEqual(self.product._get_sellable_quantity(self.warehouse), {self.product: 20})
        self.env["cosmetics.shelf.life.promise"].create({"name": "Test", "partner_id": self.customer.id, "min_days": 365})
        self.assertEqual(self.product._get_sellable_quantity(self.warehouse, {"partner": self.customer}), {self.product: 10})
        self.assertEqual(self.product._get_sellable_quantity(self.shop, {"partner": self.customer}), {self.product: 10})

    # ------------------------------------------------------------------ another batch
    def test_the_honest_path_asks_nothing(self):
        self._create_lot("SOONER", 300, quantity=4)
        move = self._create_order_move(6)
        self._create_lot("BACK", 200)  # comes in after the reservation
        move.picked = True
        move.picking_id.with_user(self.keeper).button_validate()
        self.assertEqual(move.state, "done")

    def test_another_batch_needs_a_reason_and_is_logged(self):
        sooner = self._create_lot("SOONER", 300)
        move = self._create_order_move(1)
        line = move.move_line_ids.with_user(self.keeper)
        line.lot_id = self.fresh
        move.picked = True
        with self.assertRaisesRegex(Exception, "SOONER expires earlier"):
            move.picking_id.with_user(self.keeper).button_validate()
        line.fefo_reason = "Carton of SOONER is wet"
        move.picking_id.with_user(self.keeper).button_validate()
        entry = self.env["cosmetics.shelf.life.log"].search([("lot_res_id", "=", self.fresh.id), ("kind", "=", "fefo")])
        self.assertEqual((entry.reason, entry.user_id, entry.quantity), ("Carton of SOONER is wet", self.keeper, 1.0))
        self.assertIn(sooner.name, entry.sentence)

    def test_another_batch_needs_no_reason_when_the_first_is_reserved_or_blocked(self):
        self._create_lot("SOONER", 300, quantity=4)
        self._create_blocked_lots()
        self._create_order_move(4)
        move = self._create_move(self.stock, self.customers, self.fresh)
        move.move_line_ids.fefo_reason = False
        manager = self._create_user("test_loss_manager", "cosmetics_inventory.group_warehouse_manager")
        move.with_user(manager)._action_done()
        self.assertEqual(move.state, "done")

    def test_scrap_needs_no_reason(self):
        self._create_lot("SOONER", 300)
        move = self._create_move(self.stock, self.loss, self.fresh)
        move.move_line_ids.fefo_reason = False
        move._action_done()
        self.assertEqual(move.state, "done")
