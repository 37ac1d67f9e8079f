"""Orders that wait for goods, and orders whose warehouse somebody chose."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common_allocation import AllocationCommon


@tagged("post_install", "-at_install")
class TestAllocationShortage(AllocationCommon):
    def test_waiting_order_is_told_once_to_the_responsible_of_the_channel(self):
        order = self._order((self.cream, 2))
        order._allocate()
        order._allocate()
        activity = self._activities(order)
        self.assertEqual((len(activity), activity.user_id), (1, self.ecommerce_clerk))
        waiting = self.env.ref("cosmetics_sales.sale_order_action_waiting")
        found = self.env["sale.order"].with_user(self.ecommerce_clerk).search([("is_goods_short", "=", True), ("state", "!=", "cancel")])
        self.assertIn(order, found)
        self.assertIn("is_goods_short", waiting.domain)

    def test_order_that_somebody_wanted_to_confirm_is_confirmed_when_its_goods_are_there(self):
        self.env["tier.definition"].search([]).active = False
        asked, other = self._order((self.cream, 2)), self._order((self.cream, 1))
        asked.action_review_confirm()
        other._allocate()
        self.assertEqual((asked.state, asked.allocation_state, asked.is_confirm_requested), ("draft", "waiting", True))
        self._run_job()
        self.assertEqual(asked.state, "draft", "still nothing there")
        self._stock(self.cream, beilin=5)
        self._run_job()
        self.assertEqual((asked.state, asked.is_confirm_requested, asked.warehouse_id), ("sale", False, self.beilin))
        self.assertEqual((other.state, other.allocation_state), ("draft", "allocated"), "nobody wanted to confirm this one")
        self.assertEqual(self._given(asked), {self.beilin: {self.cream: 2}})

    def test_order_whose_review_no_longer_passes_stays_when_its_goods_come(self):
        self.env["tier.definition"].search([]).active = False
        order = self._order((self.cream, 2))
        order.action_review_confirm()
        self.env["cosmetics.review.rule"].create({"name": "Everything", "kind": "amount", "level": "block", "amount_limit": 0.0})
        self._stock(self.cream, beilin=5)
        self._run_job()
        self.assertEqual((order.state, order.review_state), ("draft", "blocked"))

    def test_order_that_cannot_be_allocated_holds_up_nobody(self):
        bad, good = self._order((self.cream, 2), warehouse_id=self.centre.id), self._order((self.mask, 1), warehouse_id=self.centre.id)
        for order in (bad, good):
            self._confirm_short(order)
        self._stock(self.cream, yanta=2)
        self._stock(self.mask, yanta=1)
        original = type(bad)._move_goods

        def refuse(orders, decision, moves):
            if orders == bad:
                raise UserError(orders.env._("This order cannot be moved."))
            return original(orders, decision, moves)

        self.patch(type(bad), "_move_goods", refuse)
        (bad | good).sudo()._reallocate_apart()
        self.assertEqual((good.is_goods_short, good.warehouse_id), (False, self.yanta))
        self.assertEqual((bad.is_goods_short, bad.allocation_note), (True, "This order cannot be moved."))
        self.assertEqual(len(self._activities(bad)), 1)

    def test_nobody_hides_that_an_order_waits(self):
        order = self._order((self.cream, 2))
        order._allocate()
        for vals in ({"is_goods_short": False}, {"allocation_state": "none"}, {"allocation_note": False}, {"is_confirm_requested": True}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                order.write(vals)
        self.assertTrue(order.is_goods_short)

    def test_next_run_after_goods_came_in_finds_them(self):
        order = self._order((self.cream, 2))
        order._allocate()
        self._stock(self.cream, beilin=2)
        order.sudo()._reallocate()
        self.assertEqual((order.allocation_state, order.warehouse_id), ("allocated", self.beilin))
        self.assertFalse(self._activities(order))

    def test_scheduled_run_moves_a_short_delivery_to_where_the_goods_are(self):
        order = self._order((self.cream, 2), warehouse_id=self.centre.id)
        self._confirm_short(order)
        self.assertEqual((order.allocation_state, order.is_goods_short), ("waiting", True))
        self.assertIn("Test Cream (0 of 2 there)", order.allocation_note)
        self._stock(self.cream, yanta=2)
        self._run_job()
        self.assertEqual(self._given(order), {self.yanta: {self.cream: 2}})
        self.assertEqual((order.allocation_state, order.is_goods_short, order.warehouse_id), ("allocated", False, self.yanta))
        self.assertFalse(self._activities(order))

    def test_goods_that_come_in_where_the_order_waits_are_reserved(self):
        order = self._order((self.cream, 2), warehouse_id=self.centre.id)
        self._confirm_short(order)
        self._stock(self.cream, centre=2)
        order.sudo()._reallocate()
        self.assertEqual(order.sudo().picking_ids.mapped("state"), ["assigned"])
        self.assertEqual(order.allocation_state, "allocated")

    def test_locked_order_gets_its_goods_too(self):
        order = self._order((self.cream, 2), warehouse_id=self.centre.id)
        self._confirm_short(order)
        order.sudo().action_lock()
        self._stock(self.cream, yanta=2)
        order.sudo()._reallocate()
        self.assertEqual((self._given(order), order.locked), ({self.yanta: {self.cream: 2}}, True))

    def test_short_picking_takes_only_the_rest_elsewhere(self):
        self._stock(self.cream, centre=3)
        order = self._order((self.cream, 3))
        order._allocate()
        order.action_confirm()
        picking = order.sudo().picking_ids
        picking.move_ids.write({"quantity": 1, "picked": True})
        picking.with_context(skip_backorder=True).button_validate()
        shelf = self.env["stock.quant"].search([("product_id", "=", self.cream.id), ("location_id", "=", self.centre.lot_stock_id.id)])
        shelf.inventory_quantity = 0  # the keeper looked: the two are not there
        shelf.action_apply_inventory()
        self._stock(self.cream, beilin=2)
        order.sudo()._reallocate()
        self.assertEqual(self._given(order), {self.centre: {self.cream: 1}, self.beilin: {self.cream: 2}})
        for rest in order.sudo().picking_ids.filtered(lambda picking: picking.state == "assigned"):
            self._deliver(rest)
        self.assertEqual((order.order_line.qty_delivered, order.delivery_status), (3, "full"))

    def test_reserved_goods_are_not_taken_for_missing(self):
        self._stock(self.cream, centre=2)
        self._stock(self.mask, yanta=1)
        order = self._order((self.cream, 2), (self.mask, 1), warehouse_id=self.centre.id)
        self._confirm_short(order)
        self.assertEqual(order.allocation_state, "partial")
        self.rule.max_parcels = 2
        order.sudo()._reallocate()
        self.assertEqual(self._given(order), {self.centre: {self.cream: 2}, self.yanta: {self.mask: 1}})
        self.assertEqual(order.allocation_state, "allocated")

    def test_printed_picking_list_keeps_what_is_reserved(self):
        self._stock(self.cream, centre=1, yanta=3)
        self.rule.max_parcels = 2
        order = self._order((self.cream, 3), warehouse_id=self.centre.id)
        self._confirm_short(order)
        order.sudo().picking_ids.printed = True
        order.sudo()._reallocate()
        self.assertEqual(self._given(order), {self.centre: {self.cream: 1}, self.yanta: {self.cream: 2}})

    def test_cancelled_order_waits_no_more(self):
        order = self._order((self.cream, 2))
        order._allocate()
        order.with_context(disable_cancel_warning=True).action_cancel()
        self.assertEqual((order.is_goods_short, len(self._activities(order))), (False, 0))

    def test_seller_allocates_own_orders_only(self):
        order = self._order((self.cream, 2))
        with self.assertRaises(AccessError):
            order.with_user(self.colleague).action_allocate()
        order.action_allocate()
        self.assertEqual(order.allocation_state, "waiting")


@tagged("post_install", "-at_install")
class TestAllocationByHand(AllocationCommon):
    def _choose(self, order, warehouse, user=None, reason="picked up in the shop"):
        action = order.with_user(user or self.ecommerce_clerk).action_choose_warehouse()
        wizard = self.env[action["res_model"]].with_user(user or self.ecommerce_clerk).with_context(**action["context"])
        with Form(wizard) as form:
            form.warehouse_id = warehouse
            form.reason = reason
        form.record.action_apply()

    def test_choice_is_kept_and_logged(self):
        self._stock(self.cream, centre=5, yanta=5)
        order = self._order((self.cream, 2))
        self._choose(order, self.yanta)
        self.assertEqual((order.allocation_state, order.warehouse_id), ("manual", self.yanta))
        self.assertEqual(order._allocate(), order)
        self.assertEqual(order.warehouse_id, self.yanta)
        event = self.env["cosmetics.order.event"].search([("order_id", "=", order.id), ("kind", "=", "allocated")], limit=1)
        self.assertIn("picked up in the shop", event.sentence)
        self.assertEqual(event.user_id, self.ecommerce_clerk)

    def test_confirmed_order_moves(self):
        self._stock(self.cream, centre=5, yanta=5)
        order = self._order((self.cream, 2))
        order._allocate()
        order.action_confirm()
        self._choose(order, self.yanta, user=self.ecommerce_clerk)
        self.assertEqual(self._given(order), {self.yanta: {self.cream: 2}})
        self.assertEqual(self.cream.with_context(warehouse_id=self.centre.id).free_qty, 5)

    def test_machine_does_not_take_the_order_away_but_says_that_goods_are_missing(self):
        self._stock(self.cream, centre=5)
        order = self._order((self.cream, 2))
        self._choose(order, self.yanta)
        order.action_confirm()
        self._run_job()
        self.assertEqual(
            (order.allocation_state, order.is_goods_short, self._given(order)), ("manual", True, {self.yanta: {self.cream: 2}})
        )
        self.assertTrue(self._activities(order))
        order.with_user(self.ecommerce_clerk).action_allocate()
        self.assertEqual((order.allocation_state, self._given(order)), ("allocated", {self.centre: {self.cream: 2}}))

    def test_salesperson_does_not_overrule(self):
        order = self._order((self.cream, 2))
        with self.assertRaises(AccessError):
            order.action_choose_warehouse()
        with self.assertRaises(AccessError):
            order._choose_warehouse(self.yanta, "mine")
        self._choose(order, self.yanta)
        with self.assertRaises(AccessError):
            order.action_allocate()

    def test_reason_and_company_are_asked(self):
        order = self._order((self.cream, 2))
        with self.assertRaisesRegex(UserError, "Say why"):
            self._choose(order, self.yanta, reason="  ")
        company = self.env["res.company"].create({"name": "Another Company"})
        foreign = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        with self.assertRaisesRegex(UserError, "another company"):
            order.with_user(self.ecommerce_clerk)._choose_warehouse(foreign, "near")


@tagged("post_install", "-at_install")
class TestAllocationQueries(AllocationCommon):
    def _count(self, number):
        orders = self.env["sale.order"]
        for _index in range(number):
            orders += self._order((self.cream, 1), (self.mask, 1))
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        orders._allocate()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_queries_do_not_grow_with_the_orders(self):
        self._stock(self.cream, centre=99)
        self._stock(self.mask, centre=99)
        self._count(2)
        small, large = self._count(5), self._count(20)
        self.assertLessEqual(large - small, 3, f"{small} queries for 5 orders, {large} for 20")
