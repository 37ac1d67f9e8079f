"""Where the goods of an order come from: each criterion, splitting, shortage, choice by hand."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import SalesCommon


class AllocationCommon(SalesCommon):
    """A centre in 未央区 that supplies two shops, in 雁塔区 and 碑林区; a buyer in 雁塔区; one rule of the company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cosmetics.allocation.rule"].search([]).write({"active": False})
        cls.reviewer = cls._create_user("test_reviewer", "cosmetics_sales.group_order_reviewer")
        cls.centre = cls._create_warehouse("Test Centre", "TCEN", "610112")
        cls.yanta = cls._create_warehouse("Yanta Shop", "TYAN", "610113", resupply_wh_ids=[Command.set(cls.centre.ids)])
        cls.beilin = cls._create_warehouse("Beilin Shop", "TBEI", "610103", resupply_wh_ids=[Command.set(cls.centre.ids)])
        cls.customer.write({"state_id": cls.env.ref("base.state_cn_SN").id, "city_id": cls._city("610113").id})
        cls.cream = cls._create_product(
            name="Test Cream", cosmetic_kind="other", is_storable=True, invoice_policy="delivery", taxes_id=[Command.clear()]
        )
        cls.mask = cls._create_product(name="Test Mask", cosmetic_kind="other", is_storable=True, taxes_id=[Command.clear()])
        cls.rule = cls.env["cosmetics.allocation.rule"].create({"name": "Test Rule"})
        cls.channel = cls.env.ref("cosmetics_sales.channel_wholesale")
        cls.channel.user_id = cls.ecommerce_clerk

    @classmethod
    def _city(cls, code):
        return cls.env.ref(f"l10n_cn_xian.district_{code}").city_id

    @classmethod
    def _create_warehouse(cls, name, code, district, **vals):
        partner = cls.env["res.partner"].create({"name": name, "country_id": cls.env.ref("base.cn").id, "city_id": cls._city(district).id})
        return cls.env["stock.warehouse"].create({"name": name, "code": code, "partner_id": partner.id, **vals})

    @classmethod
    def _stock(cls, product, **quantities):
        """Put goods into warehouses named by attribute, e.g. centre=5."""
        for name, quantity in quantities.items():
            cls.env["stock.quant"]._update_available_quantity(product, getattr(cls, name).lot_stock_id, quantity)

    @classmethod
    def _order(cls, *lines, user=None, **vals):
        orders = cls.env["sale.order"].with_user(user or cls.salesperson)
        return orders.create(
            {
                "partner_id": cls.customer.id,
                "channel_id": cls.channel.id,
                "order_line": [Command.create({"product_id": product.id, "product_uom_qty": quantity}) for product, quantity in lines],
                **vals,
            }
        )

    def _given(self, order):
        """Return {warehouse: {product: quantity}} of the deliveries that are not cancelled."""
        given = {}
        for move in order.sudo().picking_ids.move_ids.filtered(lambda move: move.state != "cancel"):
            place = given.setdefault(move.location_id.warehouse_id, {})
            place[move.product_id] = place.get(move.product_id, 0) + move.product_uom_qty
        return given

    def _deliver(self, picking):
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()

    def _run_job(self):
        """Run the job the way the scheduler does."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("cosmetics_sales.ir_cron_reallocate").method_direct_trigger()
        self.env.invalidate_all()

    def _activities(self, order):
        kind = self.env.ref("cosmetics_sales.mail_activity_waiting_goods")
        return order.sudo().activity_ids.filtered(lambda activity: activity.activity_type_id == kind)


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

    def test_next_run_after_goods_came_in_finds_them(self):
        order = self._order((self.cream, 2))
        order._allocate()
        self._stock(self.cream, beilin=2)
        order.sudo()._reallocate()
        self.assertEqual((order.allocation_state, order.warehouse_id), ("allocated", self.beilin))
        self.assertFalse(self._activities(order))

    def test_scheduled_run_moves_a_short_delivery_to_where_the_goods_are(self):
        order = self._order((self.cream, 2), warehouse_id=self.centre.id)
        order.action_confirm()
        self.assertEqual((order.allocation_state, order.is_goods_short), ("waiting", True))
        self.assertIn("Test Cream (0 of 2 there)", order.allocation_note)
        self._stock(self.cream, yanta=2)
        self._run_job()
        self.assertEqual(self._given(order), {self.yanta: {self.cream: 2}})
        self.assertEqual((order.allocation_state, order.is_goods_short, order.warehouse_id), ("allocated", False, self.yanta))
        self.assertFalse(self._activities(order))

    def test_goods_that_come_in_where_the_order_waits_are_reserved(self):
        order = self._order((self.cream, 2), warehouse_id=self.centre.id)
        order.action_confirm()
        self._stock(self.cream, centre=2)
        order.sudo()._reallocate()
        self.assertEqual(order.sudo().picking_ids.mapped("state"), ["assigned"])
        self.assertEqual(order.allocation_state, "allocated")

    def test_locked_order_gets_its_goods_too(self):
        order = self._order((self.cream, 2), warehouse_id=self.centre.id)
        order.action_confirm()
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
        order.action_confirm()
        self.assertEqual(order.allocation_state, "partial")
        self.rule.max_parcels = 2
        order.sudo()._reallocate()
        self.assertEqual(self._given(order), {self.centre: {self.cream: 2}, self.yanta: {self.mask: 1}})
        self.assertEqual(order.allocation_state, "allocated")

    def test_printed_picking_list_keeps_what_is_reserved(self):
        self._stock(self.cream, centre=1, yanta=3)
        self.rule.max_parcels = 2
        order = self._order((self.cream, 3), warehouse_id=self.centre.id)
        order.action_confirm()
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
