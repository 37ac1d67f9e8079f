"""A paid sale is always stored; its goods leave under the right batch or are listed."""

from odoo import Command
from odoo.tests import tagged

from .common import TillBatchCommon


@tagged("post_install", "-at_install")
class TestPosOrder(TillBatchCommon):
    def test_sale_without_batch_takes_the_first_expiring_one(self):
        order = self._send(self._prepare_ticket(2))
        self.assertEqual(order.state, "paid")
        self.assertEqual(order.picking_ids.mapped("state"), ["done"])
        self.assertEqual(self._on_hand(), {"OLD": 3, "NEW": 5, "DEAD": 5})
        self.assertEqual(order.lines.pack_lot_ids.mapped("lot_name"), ["OLD"])
        self.assertEqual(order.lines.pack_lot_ids.choice, "server")

    def test_sale_without_batch_spreads_over_batches(self):
        order = self._send(self._prepare_ticket(7))
        self.assertEqual(self._on_hand(), {"NEW": 3, "DEAD": 5})
        self.assertEqual([(pack.lot_name, pack.quantity) for pack in order.lines.pack_lot_ids], [("OLD", 5), ("NEW", 2)])

    def test_chosen_batch_is_taken_and_the_choice_is_kept(self):
        sale = self._prepare_sale(self.cream, pack_lot_ids=[Command.create({"lot_name": "NEW", "choice": "chosen"})])
        order = self._send(sale)
        self.assertEqual(self._on_hand(), {"OLD": 5, "NEW": 4, "DEAD": 5})
        self.assertEqual(order.picking_ids.move_line_ids.fefo_reason, "Chosen at the till")

    def test_two_batches_on_a_line_share_its_quantity(self):
        """Core moves the quantity of the whole line for each batch."""
        self._send(self._prepare_ticket(6, "OLD", "NEW"))
        self.assertEqual(self._on_hand(), {"NEW": 4, "DEAD": 5})

    def test_two_lines_of_one_sale_share_what_there_is(self):
        order = self._send(self._join(self._prepare_ticket(4, "OLD"), self._prepare_ticket(3)))
        self.assertEqual(self._on_hand(), {"NEW": 3, "DEAD": 5})
        self.assertEqual(order.picking_ids.mapped("state"), ["done"])

    def test_goods_on_a_shelf_inside_the_shop_leave_that_shelf(self):
        shelf = self.env["stock.location"].create({"name": "Shelf 1", "location_id": self.shelf.id})
        self._create_batch("SHELF", 100, 2, location=shelf)
        order = self._send(self._prepare_ticket(1, "SHELF"))
        self.assertEqual(order.picking_ids.move_line_ids.location_id, shelf)
        self.assertEqual(self._on_hand()["SHELF"], 1)

    def test_expired_batch_never_moves_and_is_listed(self):
        order = self._send(self._prepare_ticket(1, "DEAD"))
        self.assertEqual(order.state, "paid")
        self.assertEqual(self._on_hand(), {"OLD": 5, "NEW": 5, "DEAD": 5})
        self.assertNotIn("done", order.picking_ids.mapped("state"))
        exception = self._exceptions(order)
        self.assertEqual((exception.code, exception.lot_name, exception.quantity, exception.state), ("expired", "DEAD", 1, "open"))
        self.assertEqual((exception.product_id, exception.line_id, exception.store_id), (self.cream, order.lines, self.store))
        self.assertIn("DEAD", exception.sentence)

    def test_held_batches_never_move(self):
        for state in ("quarantine", "rejected", "recalled"):
            self.new._set_quality_state(state, "Test")
            order = self._send(self._prepare_ticket(1, "NEW"))
            self.assertEqual(self._exceptions(order).code, state)
        self.assertEqual(self._on_hand()["NEW"], 5)

    def test_stopped_batch_never_moves(self):
        self._create_batch("STOP", 10, 5)
        order = self._send(self._prepare_ticket(1, "STOP"))
        self.assertEqual(self._exceptions(order).code, "stopped")
        self.assertEqual(self._on_hand()["STOP"], 5)

    def test_unknown_batch_is_never_created(self):
        order = self._send(self._prepare_ticket(1, "OLB"))
        self.assertEqual(self._exceptions(order).code, "unknown")
        self.assertFalse(self.env["stock.lot"].search([("name", "=", "OLB")]))
        self.assertEqual(order.state, "paid")

    def test_unknown_batch_is_never_created_though_the_operation_type_allows_it(self):
        self.till.picking_type_id.use_create_lots = True
        self._send(self._prepare_ticket(1, "OLB"))
        self.assertFalse(self.env["stock.lot"].search([("name", "=", "OLB")]))

    def test_short_batch_never_goes_below_zero(self):
        order = self._send(self._prepare_ticket(6, "OLD"))
        self.assertEqual(self._exceptions(order).code, "short")
        self.assertEqual(self._on_hand(), {"OLD": 5, "NEW": 5, "DEAD": 5})

    def test_nothing_left_to_sell_is_listed(self):
        self.env["stock.quant"].search([("lot_id", "in", (self.old + self.new).ids)]).sudo().unlink()
        order = self._send(self._prepare_ticket(1))
        self.assertEqual(self._exceptions(order).code, "none")

    def test_line_at_fault_does_not_hold_back_the_others(self):
        order = self._send(self._join(self._prepare_ticket(1, "OLD"), self._prepare_ticket(1, "DEAD")))
        self.assertEqual(sorted(order.picking_ids.mapped("state")), ["confirmed", "done"])
        self.assertEqual(self._on_hand(), {"OLD": 4, "NEW": 5, "DEAD": 5})
        self.assertEqual(order.picking_ids.pos_session_id, order.session_id)

    def test_listed_sale_holds_no_other_goods(self):
        """A scheduler that reserves for it would keep back goods the customer did not take."""
        order = self._send(self._prepare_ticket(1, "DEAD"))
        order.picking_ids.sudo().move_ids._action_assign()
        self.assertFalse(order.picking_ids.move_line_ids)

    def test_offline_sales_of_the_last_piece_from_two_tills(self):
        first, second = self._prepare_ticket(5, "OLD"), self._prepare_ticket(1, "OLD")
        orders = self._send(first) + self._send(second)
        self.assertEqual(self._exceptions(orders).order_id, orders[1])
        self.assertEqual(self._on_hand(), {"NEW": 5, "DEAD": 5})

    def test_return_brings_its_batch_back(self):
        order = self._send(self._prepare_ticket(2, "NEW"))
        self._send(self._prepare_ticket(-1, "NEW", refunded_orderline_id=order.lines.id))
        self.assertEqual(self._on_hand()["NEW"], 4)

    def test_second_return_of_a_line_without_batch_takes_the_sold_one(self):
        """Core's till leaves the batch out when a part of the line came back before."""
        order = self._send(self._prepare_ticket(2, "NEW"))
        self._send(self._prepare_ticket(-1, refunded_orderline_id=order.lines.id))
        self.assertEqual(self._on_hand()["NEW"], 4)

    def test_return_without_any_batch_is_listed(self):
        order = self._send(self._prepare_ticket(-1))
        exception = self._exceptions(order)
        self.assertEqual((exception.code, exception.quantity), ("missing", -1))

    def test_store_manager_is_told_once_and_the_log_keeps_it(self):
        order = self._send(self._prepare_ticket(1, "DEAD"))
        exception = self._exceptions(order)
        self.assertEqual(exception.activity_ids.user_id, self.manager)
        entry = self.env["cosmetics.shelf.life.log"].search([("res_model", "=", exception._name), ("res_id", "=", exception.id)])
        self.assertEqual((entry.kind, entry.code, entry.lot_name, entry.user_id), ("till", "expired", "DEAD", self.clerk))

    def test_product_without_shelf_life_goes_as_before(self):
        tote = self._create_till_product(name="Tote Bag", cosmetic_kind=False, is_storable=True)
        order = self._send(self._prepare_sale(tote))
        self.assertEqual(order.picking_ids.mapped("state"), ["done"])
        self.assertFalse(self._exceptions(order))

    def test_stock_moved_at_closing_follows_the_same_rule(self):
        self.env.company.point_of_sale_update_stock_quantities = "closing"
        orders = self._send(self._prepare_ticket(2), self._prepare_ticket(1, "DEAD"))
        session = orders.session_id
        self.assertFalse(orders.picking_ids)
        session.with_user(self.manager).action_pos_session_closing_control()
        self.assertEqual(session.state, "closed")
        self.assertEqual(self._on_hand(), {"OLD": 3, "NEW": 5, "DEAD": 5})
        self.assertEqual(self._exceptions(orders).order_id, orders[1])
