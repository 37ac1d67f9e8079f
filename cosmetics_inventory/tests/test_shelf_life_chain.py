"""Goods on their way through several transfers: what changes between the legs counts at the next one."""

from datetime import timedelta

from freezegun import freeze_time
from odoo import Command, fields
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common_move import MoveCommon


class ChainCommon(MoveCommon):
    """Validates transfers as the keeper, and runs procurements."""

    def _validate(self, moves):
        """Validate the transfer of these moves with all that is reserved, as the keeper; no backorder question."""
        moves.picked = True
        moves.picking_id.with_user(self.keeper).with_context(skip_backorder=True).button_validate()

    def _assert_refused(self, moves, lot, destination):
        before = self._quantity(lot, destination)
        with self.assertRaisesRegex(ValidationError, lot.name), self.env.cr.savepoint():
            self._validate(moves)
        self.assertEqual(self._quantity(lot, destination), before)

    def _procure(self, quantity, location, **values):
        """Run a procurement to a location."""
        procurement = self.env["stock.rule"].Procurement(
            self.product, quantity, self.product.uom_id, location, "Test", "Test", self.env.company, values
        )
        self.env["stock.rule"].run([procurement])


@tagged("post_install", "-at_install")
class TestShelfLifeResupply(ChainCommon):
    """Centre -> transit -> shop, by the replenishment rule of the shop."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quality = cls._create_user("test_chain_quality", "cosmetics_inventory.group_quality_manager")

    def _order_legs(self, user=None):
        """Let the nightly run order for the shop; return the leg to transit and the leg to the shelf."""
        self._create_rule(self.product)
        self.env["stock.rule"].run_scheduler(company_id=self.env.company.id)
        moves = self.env["stock.move"].search([("product_id", "=", self.product.id), ("state", "not in", ("done", "cancel"))])
        first = moves.filtered(lambda move: move.location_id == self.stock)
        second = moves.filtered(lambda move: move.location_dest_id.warehouse_id == self.shop)
        self.assertEqual((len(first), len(second)), (1, 1))
        self.assertEqual(first.location_dest_id.usage, "transit")
        return first, second

    def test_good_goods_go_through_both_legs_without_a_question(self):
        self._create_lot("SOONER", 400, quantity=4)
        first, second = self._order_legs()
        first._action_assign()
        self._validate(first)
        self.assertEqual(second.move_line_ids.lot_id.sorted("name").mapped("name"), ["FRESH", "SOONER"])
        self._validate(second)
        self.assertEqual(self._quantity(self.fresh, self.shelf), 6)
        self.assertEqual(self.product._get_sellable_quantity(self.shop), {self.product: 10})

    def test_the_first_leg_takes_only_what_may_be_sold(self):
        self._create_blocked_lots()
        first, _second = self._order_legs()
        first._do_unreserve()
        first._action_assign()
        self.assertEqual(first.move_line_ids.lot_id, self.fresh)

    def test_a_batch_recalled_in_transit_does_not_arrive_but_comes_home(self):
        first, second = self._order_legs()
        first._action_assign()
        self._validate(first)
        transit = first.location_dest_id
        self.assertEqual(self._quantity(self.fresh, transit), 10)
        self.fresh.with_user(self.quality)._set_quality_state("recalled", "Notice of the authority")
        self._assert_refused(second, self.fresh, self.shelf)
        second.picked = False
        second._do_unreserve()
        second._action_assign()
        self.assertFalse(second.move_line_ids, "the chain does not offer it again")
        home = self._create_move(transit, self.stock, self.fresh, quantity=10.0)
        self._validate(home)
        self.assertEqual(self._quantity(self.fresh, self.stock), 10)

    def test_a_batch_that_stops_or_expires_in_transit_does_not_arrive(self):
        self.fresh.sudo()._set_quality_state("quarantine", "Test")
        lot = self._create_lot("ROAD", 100)
        first, second = self._order_legs()
        first._action_assign()
        self._validate(first)
        for days in (70, 101):
            with self.subTest(days=days), freeze_time(fields.Datetime.now() + timedelta(days=days)):
                self._assert_refused(second, lot, self.shelf)
        self._validate(second)
        self.assertEqual(self._quantity(lot, self.shelf), 10)

    def test_a_part_arrives_and_the_backorder_keeps_the_rule(self):
        first, second = self._order_legs()
        first._action_assign()
        self._validate(first)
        second.move_line_ids.quantity = 4
        self._validate(second)
        self.assertEqual(self._quantity(self.fresh, self.shelf), 4)
        rest = second.picking_id.backorder_ids.move_ids
        self.assertEqual(rest.product_uom_qty, 6)
        rest._action_assign()
        self.assertEqual(rest.move_line_ids.lot_id, self.fresh)
        self.fresh._set_quality_state("quarantine", "Test")
        self._assert_refused(rest, self.fresh, self.shelf)
        self.fresh.with_user(self.quality)._set_quality_state("released", "Inspected")
        self._validate(rest)
        self.assertEqual(self._quantity(self.fresh, self.shelf), 10)

    def test_the_shop_sends_back_what_it_must_not_sell(self):
        lot = self._create_lot("SHELF", 200, location=self.shelf)
        lot._set_quality_state("recalled", "Test")
        move = self._create_move(self.shelf, self.stock, lot, quantity=10.0)
        self._validate(move)
        self.assertEqual(self._quantity(lot, self.stock), 10)


@tagged("post_install", "-at_install")
class TestShelfLifeDelivery(ChainCommon):
    """Pick, pack and ship by push; backorders, packages, scrap, straight deliveries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse.delivery_steps = "pick_pack_ship"

    def _order(self, quantity):
        """Return the pick of a procurement for a customer, reserved."""
        self._procure(quantity, self.customers, warehouse_id=self.warehouse, partner_id=self.customer.id)
        pick = self.env["stock.move"].search([("product_id", "=", self.product.id), ("state", "not in", ("done", "cancel"))])
        self.assertEqual((pick.location_id, pick.location_final_id), (self.stock, self.customers))
        pick._action_assign()
        return pick

    def test_goods_go_through_three_legs_without_a_question(self):
        self._create_lot("SOONER", 400, quantity=1)
        leg = self._order(3)
        for _number in range(3):
            self._validate(leg)
            leg = leg.move_dest_ids or leg
        self.assertEqual(self._quantity(self.fresh, self.customers), 2)

    def test_quarantine_stops_the_goods_at_whichever_leg_comes_next(self):
        leg = self._order(2)
        for number in range(3):
            destination = leg.location_dest_id
            self.fresh._set_quality_state("quarantine", f"Carton was wet, leg {number}")
            self._assert_refused(leg, self.fresh, destination)
            self.fresh.sudo()._set_quality_state("released", "Only the carton")
            self._validate(leg)
            leg = leg.move_dest_ids
        self.assertEqual(self._quantity(self.fresh, self.customers), 2)

    def test_goods_held_between_two_legs_go_back_to_the_shelf(self):
        pick = self._order(2)
        self._validate(pick)
        self.fresh._set_quality_state("rejected", "Leaking")
        self._assert_refused(pick.move_dest_ids, self.fresh, pick.move_dest_ids.location_dest_id)
        back = self._create_move(pick.location_dest_id, self.stock, self.fresh, quantity=2.0)
        self._validate(back)
        self.assertEqual(self._quantity(self.fresh, self.stock), 10)

    def test_a_pick_takes_no_other_blocked_batch_by_hand(self):
        lot = self._create_lot("EXPIRED", -1)
        pick = self._order(2)
        pick.move_line_ids.with_user(self.keeper).write({"lot_id": lot.id, "fefo_reason": "Was in front"})
        self._assert_refused(pick, lot, pick.location_dest_id)

    def test_an_order_delivered_in_parts_keeps_the_rule_in_the_second_part(self):
        self.warehouse.delivery_steps = "ship_only"
        move = self._create_order_move(6)
        move.move_line_ids.quantity = 2
        self._validate(move)
        rest = move.picking_id.backorder_ids.move_ids
        rest._action_assign()
        self.assertEqual((rest.product_uom_qty, rest.move_line_ids.lot_id), (4, self.fresh))
        self.fresh._set_quality_state("recalled", "Test")
        self._assert_refused(rest, self.fresh, self.customers)

    def test_a_package_hides_nothing(self):
        lot = self._create_lot("BOXED", 300, quantity=5)
        box = self.env["stock.package"].create({"name": "Box"})
        packing = self._create_move(self.stock, self.stock, lot, quantity=5.0)
        packing.move_line_ids.result_package_id = box
        self._validate(packing)
        self.assertEqual(box.quant_ids.lot_id, lot)
        lot._set_quality_state("recalled", "Test")
        picking = self.env["stock.picking"].with_user(self.keeper)
        vals = {"picking_type_id": self.warehouse.out_type_id.id, "location_id": self.stock.id, "location_dest_id": self.customers.id}
        delivery = picking.create(vals)
        delivery.action_add_entire_packs(box.ids)
        self.assertEqual(delivery.move_line_ids.lot_id, lot)
        with self.assertRaisesRegex(ValidationError, "BOXED"), self.env.cr.savepoint():
            delivery.move_ids.picked = True
            delivery.button_validate()
        self.assertEqual(self._quantity(lot, self.stock), 5)

    def test_putting_in_a_package_makes_no_choice_of_it(self):
        self.warehouse.delivery_steps = "ship_only"
        move = self._create_order_move(4)
        self._create_lot("BACK", 200)  # comes in after the reservation
        move.picking_id.with_user(self.keeper).action_put_in_pack()
        self.assertTrue(all(line.is_batch_proposed for line in move.move_line_ids))
        self._validate(move)
        self.assertEqual(self._quantity(self.fresh, self.customers), 4)

    def test_scrap_from_an_open_transfer(self):
        move = self._create_order_move(4)
        self.fresh._set_quality_state("rejected", "Broken pump")
        scrap = self.env["stock.scrap"].with_user(self.keeper)
        vals = {"picking_id": move.picking_id.id, "product_id": self.product.id, "lot_id": self.fresh.id, "scrap_qty": 2}
        scrap.create({**vals, "location_id": self.stock.id, "scrap_location_id": self.loss.id}).action_validate()
        self.assertEqual(self._quantity(self.fresh, self.loss), 2)
        with self.assertRaisesRegex(ValidationError, "FRESH"), self.env.cr.savepoint():
            scrap.create({**vals, "location_id": self.stock.id, "scrap_location_id": self.testers.id}).action_validate()

    def test_a_batch_typed_for_a_straight_delivery_is_judged(self):
        """The supplier ships to the customer: the batch is made when the transfer is done, and judged then."""
        for days, is_refused in ((-1, True), (10, True), (500, False)):
            name = f"STRAIGHT{days}"
            move = self._create_move(self.suppliers, self.customers)
            dated = {"lot_id": False, "lot_name": name, "expiration_on": self.today + timedelta(days=days)}
            move.move_line_ids.write(dated)
            move.picking_id.picking_type_id.sudo().use_create_lots = True
            if is_refused:
                with self.assertRaisesRegex(ValidationError, name), self.env.cr.savepoint():
                    move._action_done()
                self.assertFalse(self.env["stock.lot"].search([("name", "=", name)]))
            else:
                move._action_done()
                self.assertEqual(move.state, "done")

    def test_an_immediate_transfer_is_judged_like_any_other(self):
        lot = self._create_lot("STOPPED", 10)
        form = Form(self.env["stock.picking"].with_user(self.keeper).with_context(default_picking_type_id=self.warehouse.int_type_id.id))
        form.location_id, form.location_dest_id = self.stock, self.shelf
        with form.move_ids.new() as line:
            line.product_id, line.product_uom_qty = self.product, 1
        picking = form.save()
        picking.action_confirm()
        picking.move_line_ids.unlink()
        vals = {"product_id": self.product.id, "lot_id": lot.id, "quantity": 1, "picked": True, "picking_id": picking.id}
        picking.move_ids.move_line_ids = [
            Command.create({**vals, "location_id": self.stock.id, "location_dest_id": self.shelf.id, "fefo_reason": "Test"})
        ]
        with self.assertRaisesRegex(ValidationError, "STOPPED"), self.env.cr.savepoint():
            picking.with_context(skip_backorder=True).button_validate()

    def test_done_lines_are_not_deleted(self):
        move = self._create_move(self.stock, self.customers, self.fresh)
        move._action_done()
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
            move.move_line_ids.unlink()
        self.assertNotIsInstance(caught.exception, AssertionError)
        self.assertEqual(self._quantity(self.fresh, self.customers), 1)


@tagged("post_install", "-at_install")
class TestShelfLifeReturn(ChainCommon):
    """The wizard for returns, in both directions."""

    def _return(self, picking, quantity):
        """Return the move that the wizard makes for a transfer, done by the keeper."""
        wizard = self.env["stock.return.picking"].with_user(self.keeper)
        wizard = wizard.with_context(active_id=picking.id, active_ids=picking.ids, active_model="stock.picking").create({})
        wizard.product_return_moves.quantity = quantity
        return self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"]).move_ids

    def _deliver(self, lot, quantity):
        move = self._create_move(self.stock, self.customers, lot, quantity=quantity)
        move._action_done()
        return move.picking_id

    def test_recalled_goods_come_back_and_stay(self):
        delivery = self._deliver(self.fresh, 3.0)
        self.fresh._set_quality_state("recalled", "Test")
        back = self._return(delivery, 3)
        self.assertEqual(back.move_line_ids.lot_id, self.fresh)
        self._validate(back)
        self.assertEqual(self._quantity(self.fresh, self.customers), 0)
        again = self._return(back.picking_id, 2)
        self.assertEqual((again.location_dest_id, again.move_line_ids.lot_id), (self.customers, self.env["stock.lot"]))
        again.move_line_ids = [Command.create({**again._prepare_move_line_vals(), "lot_id": self.fresh.id, "quantity": 2, "picked": True})]
        self._assert_refused(again, self.fresh, self.customers)

    def test_goods_that_may_be_sold_go_back_to_the_customer(self):
        delivery = self._deliver(self.fresh, 3.0)
        back = self._return(delivery, 3)
        self._validate(back)
        again = self._return(back.picking_id, 2)
        self._validate(again)
        self.assertEqual(self._quantity(self.fresh, self.customers), 2)

    def test_goods_go_back_to_the_supplier_whatever_their_state(self):
        lot = self._create_lot("BOUGHT", 400, quantity=0)
        receipt = self._create_move(self.suppliers, self.stock, lot, quantity=5.0)
        receipt._action_done()
        lot._set_quality_state("rejected", "Wrong label")
        back = self._return(receipt.picking_id, 5)
        self.assertEqual((back.location_dest_id.usage, back.move_line_ids.lot_id), ("supplier", lot))
        self._validate(back)
        self.assertEqual(self._quantity(lot, self.stock), 0)
        self.assertEqual(self._quantity(lot, self.suppliers), 0)

    def test_a_return_for_the_supplier_is_not_redirected_to_a_customer(self):
        lot = self._create_lot("BOUGHT", 400, quantity=0)
        receipt = self._create_move(self.suppliers, self.stock, lot, quantity=5.0)
        receipt._action_done()
        lot._set_quality_state("rejected", "Wrong label")
        back = self._return(receipt.picking_id, 5)
        back.with_user(self.keeper).location_dest_id = self.customers
        back.move_line_ids.with_user(self.keeper).location_dest_id = self.customers
        self._assert_refused(back, lot, self.customers)

    def test_more_is_not_sent_on_a_done_delivery_of_a_batch_that_stopped(self):
        delivery = self._deliver(self.fresh, 3.0)
        self.fresh._set_quality_state("quarantine", "Test")
        line = delivery.move_ids.move_line_ids.with_user(self.keeper)
        with self.assertRaisesRegex(ValidationError, "FRESH"), self.env.cr.savepoint():
            line.quantity = 4
        with self.assertRaisesRegex(ValidationError, "FRESH"), self.env.cr.savepoint():
            delivery.move_ids.with_user(self.keeper).quantity = 5
        line.quantity = 1
        self.assertEqual(self._quantity(self.fresh, self.customers), 1)
