"""What is not accepted goes back to the buyer: no money, no stock, a reason."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_aftersale import AftersaleCommon

WHY = "Opened and used: no return without a reason."


@tagged("post_install", "-at_install")
class TestAftersaleNotAccepted(AftersaleCommon):
    def _inspect(self, aftersale, *decisions):
        """Book all in and inspect as the keeper; each decision is (result, findings), in the order of the lines."""
        aftersale.action_approve()
        kept = aftersale.with_user(self.keeper)
        kept.action_receive_all()
        for line, (result, note) in zip(kept.line_ids, decisions, strict=True):
            seal = "opened" if result == "buyer" else "intact"
            line.write({"seal_state": seal, "result": result, "inspection_note": note, "is_batch_readable": True})
        kept.action_inspect()

    def _home(self, aftersale):
        return aftersale.sudo().picking_ids.filtered(lambda picking: picking.location_dest_id.usage == "customer")

    def _ship(self, picking, number="SF1234567890123"):
        kept = picking.with_user(self.keeper)
        kept.courier_number = number
        kept.move_ids.picked = True
        kept.button_validate()

    def test_nothing_accepted_ends_refused_with_the_findings(self):
        order = self._create_sold((self.brush, 2))
        aftersale = self._create_aftersale(order, (order.order_line, 2))
        self._inspect(aftersale, ("buyer", WHY))
        self.assertEqual((aftersale.state, aftersale.close_reason), ("refused", WHY))
        self.assertEqual((aftersale.line_ids.amount, aftersale.refund_amount), (0, 0))
        self.assertFalse(aftersale.sudo().credit_note_ids)

    def test_reason_is_asked_for(self):
        order = self._create_sold((self.brush, 1))
        aftersale = self._create_aftersale(order, (order.order_line, 1))
        with self.assertRaisesRegex(UserError, "why it is not accepted"):
            self._inspect(aftersale, ("buyer", " "))

    def test_parcel_to_the_buyer_waits_with_the_day_of_the_law(self):
        order = self._create_sold((self.brush, 2))
        aftersale = self._create_aftersale(order, (order.order_line, 2))
        self._inspect(aftersale, ("buyer", WHY))
        home = self._home(aftersale)
        self.assertEqual((home.state, home.partner_id, home.sale_id), ("assigned", order.partner_shipping_id, order))
        self.assertEqual(home.location_id, self.warehouse.aftersale_location_id)
        self.assertEqual(str(home.date_deadline.date()), "2026-11-30")

    def test_shipped_parcel_has_its_number_and_leaves_the_place_empty(self):
        order = self._create_sold((self.brush, 2))
        aftersale = self._create_aftersale(order, (order.order_line, 2))
        self._inspect(aftersale, ("buyer", WHY))
        home = self._home(aftersale)
        self._ship(home)
        self.assertEqual((home.state, home.parcel_ids.order_id, home.courier_number), ("done", order, "SF1234567890123"))
        place = self.warehouse.aftersale_location_id
        self.assertEqual(self.env["stock.quant"]._get_available_quantity(self.brush, place), 0)
        self.assertEqual((order.order_line.qty_delivered, order.order_line.qty_invoiced), (2, 2))

    def test_order_stays_shipped_while_the_parcel_waits(self):
        order = self._create_sold((self.brush, 2))
        aftersale = self._create_aftersale(order, (order.order_line, 1))
        self._inspect(aftersale, ("buyer", WHY))
        self.assertEqual(order.fulfilment_stage, "shipped")

    def test_only_what_is_accepted_is_refunded(self):
        order = self._create_sold((self.brush, 2), (self.mirror, 1))
        aftersale = self._create_aftersale(order, (order.order_line[0], 2), (order.order_line[1], 1))
        self._inspect(aftersale, ("buyer", WHY), ("restock", ""))
        self.assertEqual((aftersale.state, aftersale.refund_amount), ("inspected", 50.0))
        aftersale.action_refund()
        credit = aftersale.sudo().credit_note_ids
        self.assertEqual((credit.invoice_line_ids.product_id, credit.amount_total), (self.mirror, 50.0))
        self.assertEqual(order.order_line.mapped("qty_invoiced"), [2, 0])

    def test_exchange_sends_nothing_for_what_is_not_accepted(self):
        order = self._create_sold((self.brush, 2), (self.mirror, 1))
        aftersale = self._create_aftersale(order, (order.order_line[0], 2), (order.order_line[1], 1), kind="exchange")
        self._inspect(aftersale, ("buyer", WHY), ("restock", ""))
        aftersale.action_send()
        self.assertEqual(aftersale.replacement_ids.mapped(lambda line: (line.product_id, line.product_uom_qty)), [(self.mirror, 1)])

    def test_buyer_may_ask_again_for_what_went_back(self):
        order = self._create_sold((self.brush, 2))
        aftersale = self._create_aftersale(order, (order.order_line, 2))
        self._inspect(aftersale, ("buyer", WHY))
        self._ship(self._home(aftersale))
        again = self._create_aftersale(order, (order.order_line, 2))
        self.assertEqual(again.refund_amount, 66.66)

    def test_accepted_part_and_returned_part_of_one_line_add_up(self):
        order = self._create_sold((self.brush, 3))
        line = order.order_line
        aftersale = self._create_aftersale(order, (line, 1), (line, 1))
        self._inspect(aftersale, ("buyer", WHY), ("restock", ""))
        self.assertEqual(line._get_returnable_quantity(), 2)
        self._ship(self._home(aftersale))
        self.assertEqual((line._get_returnable_quantity(), line.qty_delivered), (2, 2))

    def test_buyer_reads_why_on_the_timeline(self):
        order = self._create_sold((self.brush, 1))
        aftersale = self._create_aftersale(order, (order.order_line, 1))
        self._inspect(aftersale, ("buyer", WHY))
        told = self.env["cosmetics.order.event"].search([("order_id", "=", order.id), ("kind", "=", "returned")])
        self.assertIn(f"is sent back to the buyer: {WHY}", " ".join(told.mapped("summary")))
