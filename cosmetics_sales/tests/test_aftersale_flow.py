"""The way of an after-sale, by the people who walk it."""

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common_aftersale import AftersaleCommon


@tagged("post_install", "-at_install")
class TestAftersaleFlow(AftersaleCommon):
    def test_return_goes_from_request_to_refund(self):
        order = self._create_sold((self.brush, 3))
        aftersale = self._create_aftersale(order, (order.order_line, 3))
        self.assertRegex(aftersale.name, r"^SH20261123\d{4}$")
        self.assertEqual(aftersale.refund_amount, 99.99)
        aftersale.action_approve()
        self.assertEqual(aftersale.state, "waiting")
        self.assertEqual(aftersale.sudo().picking_ids.location_dest_id, self.warehouse.aftersale_location_id)
        self._receive(aftersale)
        self.assertEqual(aftersale.state, "inspected")
        self.assertEqual(order.order_line.qty_delivered, 0)
        aftersale.action_refund()
        self.assertEqual(aftersale.state, "refunding")
        credit = aftersale.sudo().credit_note_ids
        self.assertEqual((credit.state, credit.move_type, credit.amount_total), ("draft", "out_refund", 99.99))
        self.assertEqual(order.order_line.qty_invoiced, 0)
        books = aftersale.with_user(self.accountant)
        with self.assertRaisesRegex(UserError, "post the credit note"), self.env.cr.savepoint():
            books.action_refunded()
        credit.with_user(self.accountant).action_post()
        books.action_refunded()
        self.assertEqual(aftersale.state, "done")
        self.assertTrue(aftersale.refunded_at)

    def test_returned_goods_are_free_only_after_the_inspection(self):
        product = self._create_goods("Test Last One", 20.0, 1)
        order = self._create_sold((product, 1))
        aftersale = self._create_aftersale(order, (order.order_line, 1))
        aftersale.action_approve()
        here = product.with_context(warehouse_id=self.warehouse.id)
        self.assertEqual((here.free_qty, here.virtual_available, product.virtual_available), (0, 0, 0))
        aftersale.with_user(self.keeper).action_receive_all()
        place = self.warehouse.aftersale_location_id
        self.assertEqual(self.env["stock.quant"]._get_available_quantity(product, place), 1)
        (here | product).invalidate_recordset()
        self.assertEqual((here.free_qty, here.virtual_available, product.free_qty, product.virtual_available), (0, 0, 0, 0))
        other = self._create_sold((product, 1), is_delivered=False, is_invoiced=False)
        other.picking_ids.action_assign()
        self.assertEqual(other.picking_ids.move_ids.state, "confirmed")
        aftersale.with_user(self.keeper).line_ids.write({"seal_state": "intact", "result": "restock"})
        aftersale.with_user(self.keeper).action_inspect()
        other.picking_ids.action_assign()
        self.assertEqual(other.picking_ids.move_ids.state, "assigned")

    def test_destroyed_goods_leave_the_stock(self):
        order = self._create_sold((self.brush, 1))
        aftersale = self._create_aftersale(order, (order.order_line, 1))
        self._bring_back(aftersale, "destroy", "opened")
        place = self.warehouse.aftersale_location_id
        self.assertEqual(self.env["stock.quant"]._get_available_quantity(self.brush, place), 0)
        self.assertEqual(self.env["stock.quant"]._get_available_quantity(self.brush, self.warehouse.lot_stock_id), 99)

    def test_opened_goods_are_not_sold_again(self):
        order = self._create_sold((self.brush, 1))
        aftersale = self._create_aftersale(order, (order.order_line, 1))
        with self.assertRaisesRegex(UserError, "seal is not intact"), self.env.cr.savepoint():
            self._bring_back(aftersale, "restock", "opened")

    def test_goods_booked_in_by_the_transfer_wait_for_inspection_too(self):
        order = self._create_sold((self.brush, 2))
        aftersale = self._create_aftersale(order, (order.order_line, 2))
        aftersale.action_approve()
        picking = aftersale.sudo().picking_ids.with_user(self.keeper)
        picking.move_ids.picked = True
        picking._action_done()
        self.assertEqual((aftersale.state, aftersale.line_ids.received_quantity), ("received", 2))

    def test_less_comes_back_less_is_refunded(self):
        order = self._create_sold((self.brush, 3))
        aftersale = self._create_aftersale(order, (order.order_line, 3))
        aftersale.action_approve()
        kept = aftersale.with_user(self.keeper)
        kept.line_ids.received_quantity = 2
        kept.action_receive()
        self.assertFalse(kept.sudo().picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel")))
        kept.line_ids.write({"seal_state": "intact", "result": "restock"})
        kept.action_inspect()
        aftersale.action_refund()
        self.assertEqual((aftersale.refund_amount, aftersale.sudo().credit_note_ids.amount_total), (66.66, 66.66))
        again = self._create_aftersale(order, (order.order_line, 1))
        self.assertEqual(again.refund_amount, 33.33)

    def test_exchange_sends_other_goods_and_keeps_the_sale(self):
        order = self._create_sold((self.mirror, 2))
        total = order.amount_total
        aftersale = self._create_aftersale(order, (order.order_line, 1, {"replacement_product_id": self.pouch.id}), kind="exchange")
        self._bring_back(aftersale)
        aftersale.action_send()
        new = aftersale.replacement_ids
        self.assertEqual((new.product_id, new.product_uom_qty, new.price_total, aftersale.state), (self.pouch, 1, 0, "done"))
        self.assertEqual(new.move_ids.location_dest_id.usage, "customer")
        self.assertEqual((order.amount_total, order.order_line[0].qty_delivered), (total, 2))

    def test_exchanged_goods_that_come_back_are_worth_what_was_paid(self):
        order = self._create_sold((self.mirror, 2))
        first = order.order_line
        exchange = self._create_aftersale(order, (first, 1), kind="exchange")
        self._bring_back(exchange)
        exchange.action_send()
        move = exchange.replacement_ids.sudo().move_ids
        move.quantity, move.picked = 1, True
        move._action_done()
        back = self._create_aftersale(order, (exchange.replacement_ids, 1), (first, 1))
        self.assertEqual(back.refund_amount, 100)

    def test_resend_counts_as_no_revenue(self):
        order = self._create_sold((self.mirror, 1))
        aftersale = self._create_aftersale(
            order, (order.order_line, 1), kind="resend", reason_id=self.env.ref("cosmetics_sales.aftersale_reason_lost").id
        )
        aftersale.action_approve()
        aftersale.action_send()
        self.assertEqual((aftersale.replacement_ids.price_total, aftersale.refund_amount, order.amount_total), (0, 0, 50))
        self.assertEqual(aftersale.replacement_ids.aftersale_id, aftersale)

    def test_platform_refunds_are_recorded_without_a_credit_note_to_pay(self):
        order = self._create_sold((self.mirror, 1), channel=self.market, is_invoiced=False)
        aftersale = self._create_aftersale(order, (order.order_line, 1), kind="refund")
        self.assertEqual(aftersale.refund_way, "platform")
        aftersale.action_approve()
        aftersale.action_refund()
        self.assertEqual((aftersale.state, len(aftersale.sudo().credit_note_ids)), ("done", 0))

    # ------------------------------------------------------------------ who may what
    def test_above_the_amount_a_reviewer_approves(self):
        self.company.aftersale_approval_amount = 50
        order = self._create_sold((self.mirror, 2))
        aftersale = self._create_aftersale(order, (order.order_line, 2))
        with self.assertRaisesRegex(AccessError, "reviewer"), self.env.cr.savepoint():
            aftersale.action_approve()
        aftersale.with_user(self.reviewer).action_approve()
        self.assertEqual(aftersale.approved_by_id, self.reviewer)

    def test_up_to_the_amount_a_clerk_approves(self):
        self.company.aftersale_approval_amount = 50
        order = self._create_sold((self.mirror, 2))
        aftersale = self._create_aftersale(order, (order.order_line, 1))
        aftersale.action_approve()
        self.assertEqual(aftersale.state, "waiting")

    def test_salesperson_sees_only_after_sales_of_own_orders(self):
        order = self._create_sold((self.mirror, 1), user=self.salesperson)
        aftersale = self._create_aftersale(order, (order.order_line, 1), user=self.salesperson)
        model = self.env["cosmetics.aftersale"]
        self.assertIn(aftersale, model.with_user(self.salesperson).search([]))
        self.assertNotIn(aftersale, model.with_user(self.colleague).search([]))
        with self.assertRaises(AccessError):
            self._create_aftersale(order, (order.order_line, 1), user=self.colleague)

    def test_keeper_changes_neither_money_nor_decision(self):
        order = self._create_sold((self.mirror, 2))
        aftersale = self._create_aftersale(order, (order.order_line, 1)).with_user(self.keeper)
        for act in (
            lambda: aftersale.line_ids.write({"amount": 1}),
            lambda: aftersale.write({"refund_freight": True}),
            lambda: aftersale.action_approve(),
            lambda: aftersale.write({"state": "inspected"}),
        ):
            with self.assertRaises(UserError):
                act()

    def test_clerk_inspects_nothing(self):
        order = self._create_sold((self.mirror, 1))
        aftersale = self._create_aftersale(order, (order.order_line, 1))
        aftersale.action_approve()
        with self.assertRaisesRegex(AccessError, "warehouse keeper"), self.env.cr.savepoint():
            aftersale.action_receive_all()

    def test_accountant_reads_and_pays_only(self):
        order = self._create_sold((self.mirror, 1))
        aftersale = self._create_aftersale(order, (order.order_line, 1)).with_user(self.accountant)
        self.assertEqual(aftersale.refund_amount, 50)
        with self.assertRaises(AccessError):
            aftersale.write({"note": "x"})

    def test_agreed_goods_stay_as_they_are(self):
        order = self._create_sold((self.mirror, 2))
        aftersale = self._create_aftersale(order, (order.order_line, 1))
        aftersale.action_approve()
        for act in (
            lambda: aftersale.line_ids.write({"quantity": 2}),
            lambda: aftersale.write({"kind": "refund"}),
            lambda: aftersale.line_ids.unlink(),
            lambda: aftersale.unlink(),
        ):
            with self.assertRaises(UserError):
                act()
        aftersale.action_draft()
        aftersale.line_ids.quantity = 2
        self.assertEqual(aftersale.refund_amount, 100)
        self.assertEqual(aftersale.sudo().picking_ids.state, "cancel")

    # ------------------------------------------------------------------ days
    def test_seven_days_count_from_receipt_in_china(self):
        with freeze_time("2026-11-22 16:30:00"):  # the 23rd in Xi'an
            order = self._create_sold((self.mirror, 1))
        aftersale = self._create_aftersale(order, (order.order_line, 1))
        self.assertIn("until 2026-11-30", aftersale.no_reason_sentence)
        aftersale.requested_at = "2026-11-30 16:30:00"  # the 1st of December in Xi'an
        self.assertIn("ended on 2026-11-30", aftersale.no_reason_sentence)
        aftersale.is_seal_opened = True
        self.assertIn("seal is opened", aftersale.no_reason_sentence)

    def test_shop_sales_have_no_seven_days(self):
        till = self.env["cosmetics.channel"].create(
            {"name": "Test Till", "code": "TTIL", "kind": "till", "warehouse_id": self.warehouse.id, "company_id": self.company.id}
        )
        order = self._create_sold((self.mirror, 1), channel=till)
        self.assertIn("Bought in a shop", self._create_aftersale(order, (order.order_line, 1)).no_reason_sentence)

    def test_refund_is_due_seven_days_after_the_goods(self):
        order = self._create_sold((self.mirror, 1))
        aftersale = self._create_aftersale(order, (order.order_line, 1))
        self._bring_back(aftersale)
        self.assertEqual(str(aftersale.refund_due_on), "2026-11-30")
        with freeze_time("2026-12-01 04:00:00"):
            aftersale.invalidate_recordset()
            self.assertIn("late", aftersale.deadline_sentence)

    def test_silence_of_fifteen_days_is_a_refusal(self):
        order = self._create_sold((self.mirror, 1))
        aftersale = self._create_aftersale(order, (order.order_line, 1))
        self.assertIn("2026-12-08", aftersale.deadline_sentence)
        with freeze_time("2026-12-09 04:00:00"):
            aftersale.invalidate_recordset()
            self.assertIn("takes it for a refusal", aftersale.deadline_sentence)

    def test_refusal_needs_a_reason(self):
        order = self._create_sold((self.mirror, 1))
        aftersale = self._create_aftersale(order, (order.order_line, 1))
        with self.assertRaisesRegex(UserError, "reason of the refusal"), self.env.cr.savepoint():
            aftersale.action_refuse()
        aftersale.close_reason = "Used up"
        aftersale.action_refuse()
        self.assertEqual(aftersale.state, "refused")
        self.assertTrue(self._create_aftersale(order, (order.order_line, 1)))

    # ------------------------------------------------------------------ told by the platform
    def test_platform_file_opens_one_after_sale_only(self):
        order = self._create_sold((self.mirror, 2), channel=self.market, is_invoiced=False)
        orders = order.with_user(self.ecommerce_clerk)
        first = orders._open_aftersale_from_channel(30.0, "refunding")
        again = orders._open_aftersale_from_channel(30.0, "refunding")
        self.assertEqual((first, first.kind, first.state, first.refund_amount), (again, "return", "draft", 30.0))
        orders._open_aftersale_from_channel(40.0, "refunded")
        self.assertEqual((first.refund_amount, bool(first.refunded_at), order.aftersale_ids), (40.0, True, first.sudo()))
        with self.assertRaises(ValueError):
            orders._open_aftersale_from_channel(40.0, "unheard of")

    def test_platform_refund_before_dispatch_is_done(self):
        order = self._create_sold((self.mirror, 2), channel=self.market, is_invoiced=False, is_delivered=False)
        aftersale = order.with_user(self.ecommerce_clerk)._open_aftersale_from_channel(0, "refunded")
        self.assertEqual((aftersale.kind, aftersale.state, aftersale.refund_amount), ("refund", "done", 100.0))

    def test_database_holds_one_imported_after_sale_of_an_order(self):
        order = self._create_sold((self.mirror, 2), channel=self.market, is_invoiced=False)
        aftersale = order._open_aftersale_from_channel(10.0, "refunding")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            aftersale.copy({"is_from_channel": True}).flush_recordset()

    def test_batch_of_somebody_else_is_refused(self):
        self.brush.tracking = "lot"
        order = self._create_sold((self.mirror, 1))
        lot = self.env["stock.lot"].create({"name": "TEST-1", "product_id": self.mirror.id})
        with self.assertRaisesRegex(ValidationError, "was not delivered"), self.env.cr.savepoint():
            self._create_aftersale(order, (order.order_line, 1, {"lot_id": lot.id}))

    def test_from_the_order_everything_left_is_proposed(self):
        order = self._create_sold((self.mirror, 2), (self.brush, 1))
        self._create_aftersale(order, (order.order_line[0], 1))
        model = self.env["cosmetics.aftersale"].with_user(self.ecommerce_clerk).with_context(default_order_id=order.id)
        commands = model.default_get(["order_id", "line_ids"])["line_ids"]
        self.assertEqual(
            [(vals["order_line_id"], vals["quantity"]) for _c, _i, vals in commands], [(line.id, 1) for line in order.order_line]
        )

    def test_return_slip_names_the_address(self):
        order = self._create_sold((self.mirror, 1))
        aftersale = self._create_aftersale(order, (order.order_line, 1))
        self.warehouse.partner_id = self.env["res.partner"].create({"name": "Test Depot", "street": "Depot Road 7"})
        html, _kind = self.env["ir.actions.report"]._render_qweb_html("cosmetics_sales.report_aftersale", aftersale.ids)
        self.assertIn(b"Depot Road 7", html)
