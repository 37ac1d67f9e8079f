"""The timeline of an order: what happened, never changed, in the reader's language."""

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_tracking import TrackingCommon


@tagged("post_install", "-at_install")
class TestOrderTimeline(TrackingCommon):
    def test_new_order_is_ordered(self):
        order = self._create_order(self.goods)
        self.assertEqual((self._kinds(order), order.fulfilment_stage), (["ordered"], "ordered"))
        self.assertEqual(order.event_ids.user_id, self.salesperson)

    def test_order_goes_through_its_steps_with_the_goods(self):
        order = self._confirmed()
        self.assertEqual(order.fulfilment_stage, "picking")
        picking = self._ship(order)
        self.assertEqual(order.fulfilment_stage, "shipped")
        kinds = self._kinds(order)
        self.assertEqual((kinds[0], kinds[-1]), ("ordered", "shipped"))
        self.assertEqual({*kinds}, {"ordered", "review", "allocated", "picking", "shipped"})
        left = order.event_ids.sorted("id")[-1]
        self.assertEqual(left.user_id, self.keeper)
        self.assertIn(picking.name, left.summary)

    def test_order_without_stock_waits_allocated(self):
        self.env["stock.quant"]._update_available_quantity(self.goods, self.warehouse.lot_stock_id, -100)
        order = self._confirmed()
        self.assertEqual(order.fulfilment_stage, "allocated")
        self.assertNotIn("picking", self._kinds(order))

    def test_parcel_signed_for_and_platform_completed_are_received(self):
        order, other = self._confirmed(), self._confirmed()
        picking = self._ship(order)
        picking.with_user(self.keeper).courier_number = "SF123456789012"
        order.parcel_ids.sudo()._apply_tracking({order.parcel_ids.id: {"state": "signed", "events": []}})
        self.assertEqual((order.fulfilment_stage, self._kinds(order)[-1]), ("signed", "signed"))
        self._ship(other)
        other.channel_state = "done"
        self.assertEqual((other.fulfilment_stage, self._kinds(other)[-1]), ("signed", "signed"))
        other.channel_state = "done"
        self.assertEqual(self._kinds(other).count("signed"), 1)

    def test_settled_is_the_last_step_after_the_goods_left(self):
        order = self._confirmed()
        order.sudo().settlement_state = "settled"
        self.assertEqual(order.fulfilment_stage, "picking")
        self._ship(order)
        self.assertEqual(order.fulfilment_stage, "settled")
        order.sudo().settlement_state = "difference"
        self.assertEqual(order.fulfilment_stage, "shipped")

    def test_part_of_the_goods_is_not_the_order(self):
        self.env["stock.quant"]._update_available_quantity(self.goods, self.warehouse.lot_stock_id, -99)
        order = self._confirmed()
        picking = order.picking_ids
        picking.move_ids.write({"quantity": 1, "picked": True})
        picking._action_done()
        self.assertEqual((picking.state, len(order.picking_ids), order.fulfilment_stage), ("done", 2, "picking"))

    def test_cancelled_order_says_so(self):
        order = self._confirmed()
        order.with_context(disable_cancel_warning=True).action_cancel()
        self.assertEqual(order.fulfilment_stage, "cancelled")
        self.assertEqual(order.event_ids.sorted("id")[-1].with_context(lang="en_US").summary, "The order was cancelled.")

    def test_goods_that_come_back_are_told(self):
        order = self._confirmed()
        picking = self._ship(order)
        wizard = self.env["stock.return.picking"].with_context(active_id=picking.id, active_model="stock.picking").create({})
        wizard.product_return_moves.quantity = 2
        returned = wizard._create_return()
        returned.move_ids.picked = True
        returned._action_done()
        self.assertEqual(self._kinds(order)[-1], "returned")
        self.assertEqual(order.fulfilment_stage, "shipped")

    def test_nobody_changes_deletes_or_invents_events(self):
        event = self._create_order(self.goods).event_ids
        with self.assertRaises(UserError):
            event.sudo().sentence = "It was otherwise"
        with self.assertRaises(UserError):
            event.sudo().unlink()
        for user in (self.salesperson, self.ecommerce_clerk, self.keeper, self.biller):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                event.with_user(user).create({"order_id": event.order_id.id, "kind": "signed"})

    def test_salesperson_sees_the_timeline_of_own_orders_only(self):
        own, other = self._create_order(self.goods), self._create_order(self.goods, user=self.colleague)
        found = self.env["cosmetics.order.event"].with_user(self.salesperson).search([("order_id", "in", (own + other).ids)])
        self.assertEqual(found.order_id, own)

    def test_events_of_another_company_are_hidden(self):
        company = self.env["res.company"].create({"name": "Another Company"})
        foreign = self.env["sale.order"].create({"partner_id": self.customer.id, "company_id": company.id})
        seen = self.env["cosmetics.order.event"].with_user(self.ecommerce_clerk).search([("order_id", "=", foreign.id)])
        self.assertFalse(seen)

    def test_own_sentences_moments_and_facts_by_order(self):
        one, two = self._create_order(self.goods), self._create_order(self.goods)
        at = fields.Datetime.to_datetime("2026-11-11 00:30:00")
        events = (one + two)._record_event("note", sentence={one.id: "Called", two.id: "Mailed"}, at=at)
        self.assertEqual(events.mapped("sentence"), ["Called", "Mailed"])
        self.assertEqual(set(events.mapped("at")), {at})

    def test_many_orders_cost_one_insert(self):
        orders = self.env["sale.order"].union(*[self._create_order(self.goods) for _i in range(12)])
        self.env.flush_all()
        self._count(orders)
        few, many = self._count(orders[:2]), self._count(orders)
        self.assertEqual(few, many)

    def _count(self, orders):
        before = self.env.cr.sql_log_count
        orders._record_event("note", sentence="x")
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
