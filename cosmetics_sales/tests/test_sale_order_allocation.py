"""Where the goods of an order come from: each criterion, splitting, shortage, choice by hand."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common_allocation import AllocationCommon


@tagged("post_install", "-at_install")
class TestAllocation(AllocationCommon):
    def test_centre_goes_before_the_shops(self):
        self._stock(self.cream, centre=5, yanta=5)
        order = self._order((self.cream, 2))
        self.assertEqual(order._allocate(), order)
        self.assertEqual((order.warehouse_id, order.allocation_state), (self.centre, "allocated"))
        self.assertEqual(order.allocation_note, "Test Centre has everything and is the first of the candidates.")
        self.assertFalse(order.allocation_line_ids)

    def test_place_that_has_everything_goes_before_the_centre(self):
        self._stock(self.cream, centre=5, yanta=5)
        self._stock(self.mask, yanta=1)
        order = self._order((self.cream, 2), (self.mask, 1))
        order._allocate()
        self.assertEqual((order.warehouse_id, order.allocation_note), (self.yanta, "Only Yanta Shop has everything."))

    def test_nearest_shop(self):
        self.rule.write({"criterion_first": "nearest", "criterion_third": "full"})
        self._stock(self.cream, centre=5, yanta=5, beilin=5)
        order = self._order((self.cream, 2))
        order._allocate()
        self.assertEqual(
            (order.warehouse_id, order.allocation_note), (self.yanta, "Yanta Shop has everything and is nearest to the receiver.")
        )
        self.customer.city_id = self._city("610104")
        order = self._order((self.cream, 2))
        order._allocate()
        self.assertEqual(order.warehouse_id, self.beilin)

    def test_receiver_of_a_platform_order_decides_not_its_anonymous_customer(self):
        self.rule.write({"criterion_first": "nearest", "criterion_third": "full"})
        self._stock(self.cream, yanta=5, beilin=5)
        district = self.env.ref("l10n_cn_xian.district_610103")
        order = self._order((self.cream, 2), receiver_name="王女士", receiver_district_id=district.id)
        order._allocate()
        self.assertEqual(order.warehouse_id, self.beilin)

    def test_lowest_load_counts_the_orders_of_the_same_run(self):
        self.rule.write({"criterion_first": "load", "criterion_fourth": "full"})
        self._stock(self.cream, centre=9, yanta=9, beilin=9)
        orders = self.env["sale.order"].with_user(self.salesperson)
        for _number in range(3):
            orders += self._order((self.cream, 1))
        orders._allocate()
        self.assertEqual(set(orders.warehouse_id), {self.centre, self.yanta, self.beilin})
        orders.action_confirm()
        self._order((self.cream, 1), warehouse_id=self.centre.id).action_confirm()
        late = self._order((self.cream, 1))
        late._allocate()
        self.assertNotEqual(late.warehouse_id, self.centre)

    def test_two_orders_of_a_run_never_get_the_same_last_piece(self):
        self._stock(self.cream, centre=3, yanta=1)
        now = fields.Datetime.now()
        first = self._order((self.cream, 3), date_order=now)
        urgent = self._order((self.cream, 1), date_order=now, ship_by_at=now + timedelta(hours=4))
        later = self._order((self.cream, 2), date_order=now + timedelta(minutes=1))
        self.assertEqual((first + urgent + later)._allocate(), urgent + later)
        self.assertEqual((urgent.warehouse_id, later.warehouse_id), (self.centre, self.centre))
        self.assertEqual(first.allocation_state, "waiting")

    def test_shop_keeps_its_last_pieces_for_walk_in_customers(self):
        self.rule.reserve_quantity = 2
        self._stock(self.cream, yanta=3)
        order = self._order((self.cream, 2))
        self.assertFalse(order._allocate())
        self.assertEqual(order.allocation_note, "Waiting for goods: Test Cream (1 of 2 there).")
        self.rule.write({"candidates": "listed", "place_ids": [Command.create({"warehouse_id": self.yanta.id, "reserve_quantity": 1})]})
        self.assertEqual(order._allocate(), order)

    def test_first_rule_that_fits_decides(self):
        self._stock(self.cream, centre=9, yanta=9, beilin=9)

        def place_of(order, **conditions):
            values = {"candidates": "listed", "place_ids": [Command.create({"warehouse_id": self.beilin.id})], "sequence": 1}
            rule = self.env["cosmetics.allocation.rule"].create({"name": "Narrow", **values, **conditions})
            order._allocate()
            rule.unlink()
            return order.warehouse_id

        tag, category = self.env["res.partner.category"].create({"name": "VIP"}), self.cream.categ_id
        other = self.env["product.category"].create({"name": "Other"})
        order = self._order((self.cream, 1))
        yanta, beilin = (self.env.ref(f"l10n_cn_xian.district_{code}").ids for code in ("610113", "610103"))
        web = self.env.ref("cosmetics_sales.channel_web")
        cases = (
            ({"channel_ids": self.channel.ids}, {"channel_ids": web.ids}),
            ({"district_ids": yanta}, {"district_ids": beilin}),
            ({"state_ids": self.env.ref("base.state_cn_SN").ids}, {"state_ids": self.env.ref("base.state_cn_BJ").ids}),
            ({"product_category_ids": category.ids}, {"product_category_ids": other.ids}),
            ({"amount_min": order.amount_total}, {"amount_min": order.amount_total + 1}),
            ({"amount_max": order.amount_total}, {"amount_max": order.amount_total - 1}),
        )
        for fits, fits_not in cases:
            with self.subTest(fits):
                self.assertEqual((place_of(order, **fits), place_of(order, **fits_not)), (self.beilin, self.centre))
        self.assertEqual(place_of(order, partner_category_ids=tag.ids), self.centre)
        self.customer.category_id = tag
        self.assertEqual(place_of(order, partner_category_ids=tag.ids), self.beilin)

    def test_order_without_a_rule_keeps_its_warehouse(self):
        self.rule.active = False
        self._stock(self.cream, centre=5, beilin=5)
        order = self._order((self.cream, 2), warehouse_id=self.beilin.id)
        order._allocate()
        self.assertEqual((order.warehouse_id, order.allocation_state), (self.beilin, "allocated"))

    def test_services_need_no_goods(self):
        service = self._create_product(name="Make-up Lesson", type="service", item_class="gift")
        order = self._order((service, 1))
        self.assertEqual(order._allocate(), order)
        self.assertEqual(order.allocation_state, "none")

    def test_rules_that_cannot_work_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "lists no warehouse"):
            self.rule.candidates = "listed"
        with self.assertRaisesRegex(ValidationError, "twice"):
            self.rule.criterion_second = "full"

    def test_reviewer_edits_rules_and_sellers_read_them(self):
        self.rule.with_user(self.reviewer).max_parcels = 2
        for user in (self.salesperson, self.ecommerce_clerk):
            self.assertEqual(self.rule.with_user(user).max_parcels, 2)
            with self.assertRaises(AccessError):
                self.rule.with_user(user).max_parcels = 3

    def test_nobody_types_in_an_allocation(self):
        order = self._order((self.cream, 1))
        for name, value in (("allocation_state", "allocated"), ("allocation_note", "trust me"), ("is_goods_short", True)):
            with self.subTest(name), self.assertRaises(AccessError):
                order[name] = value

    def test_warehouse_changed_on_the_order_ends_the_allocation(self):
        self._stock(self.cream, centre=2, yanta=2)
        self.rule.max_parcels = 2
        order = self._order((self.cream, 3))
        order._allocate()
        self.assertTrue(order.allocation_line_ids)
        order.warehouse_id = self.beilin
        self.assertEqual((order.allocation_state, len(order.allocation_line_ids)), ("none", 0))


@tagged("post_install", "-at_install")
class TestAllocationSplit(AllocationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule.max_parcels = 2
        cls._stock(cls.cream, centre=3, yanta=2)
        cls._stock(cls.mask, yanta=4)

    def _split_order(self):
        order = self._order((self.cream, 5), (self.mask, 1))
        order._allocate()
        order.action_confirm()
        return order

    def test_line_is_given_by_two_places(self):
        order = self._split_order()
        self.assertEqual(self._given(order), {self.centre: {self.cream: 3}, self.yanta: {self.cream: 2, self.mask: 1}})
        self.assertEqual((order.allocation_state, set(order.sudo().picking_ids.mapped("state"))), ("allocated", {"assigned"}))
        self.assertIn("give the goods together", order.allocation_note)

    def test_delivered_quantities_add_up_and_are_invoiced(self):
        order = self._split_order()
        line = order.order_line[0]
        first, second = order.sudo().picking_ids.sorted(lambda picking: picking.picking_type_id.warehouse_id != self.centre)
        self._deliver(first)
        self.assertEqual((line.qty_delivered, line.qty_to_invoice), (3, 3))
        self._deliver(second)
        self.assertEqual((line.qty_delivered, line.qty_to_invoice, order.delivery_status), (5, 5, "full"))
        invoice = order.sudo()._create_invoices()
        self.assertEqual(invoice.invoice_line_ids.filtered(lambda row: row.product_id == self.cream).quantity, 5)

    def test_cancelled_order_cancels_every_delivery(self):
        order = self._split_order()
        order.with_context(disable_cancel_warning=True).action_cancel()
        self.assertEqual((order.state, set(order.sudo().picking_ids.mapped("state"))), ("cancel", {"cancel"}))
        self.assertEqual(self.cream.with_context(warehouse_id=self.yanta.id).free_qty, 2)

    def test_more_and_less_of_a_split_line(self):
        order = self._split_order()
        line = order.order_line[0]
        line.product_uom_qty = 4
        self.assertEqual(self._given(order), {self.centre: {self.cream: 3}, self.yanta: {self.cream: 1, self.mask: 1}})
        line.product_uom_qty = 6
        self.assertEqual(sum(place.get(self.cream, 0) for place in self._given(order).values()), 6)

    def test_cartons_are_split_by_the_piece(self):
        carton = self.env["uom.uom"].create({"name": "Carton of 5", "relative_factor": 5, "relative_uom_id": self.cream.uom_id.id})
        order = self._order((self.cream, 1))
        order.order_line.product_uom_id = carton
        order._allocate()
        order.action_confirm()
        given = {move.location_id.warehouse_id: move.product_qty for move in order.sudo().picking_ids.move_ids if move.state == "assigned"}
        self.assertEqual(given, {self.centre: 3, self.yanta: 2})
        for picking in order.sudo().picking_ids:
            self._deliver(picking)
        self.assertEqual(order.order_line.qty_delivered, 1)

    def test_too_many_parcels_wait(self):
        self.rule.max_parcels = 1
        order = self._order((self.cream, 5))
        self.assertFalse(order._allocate())
        self.assertIn("too many places", order.allocation_note)

    def test_part_is_delivered_when_the_rule_allows(self):
        self.rule.is_partial_allowed = True
        order = self._order((self.cream, 8))
        self.assertEqual(order._allocate(), order)
        self.assertEqual((order.allocation_state, order.is_goods_short), ("partial", True))
        order.action_confirm()
        self.assertEqual(order.allocation_state, "partial")
        self.assertEqual(sum(order.sudo().picking_ids.move_ids.mapped("quantity")), 5)
        self.assertEqual(sum(order.sudo().picking_ids.move_ids.mapped("product_uom_qty")), 8)
