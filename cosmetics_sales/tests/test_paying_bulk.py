"""Invoices of many orders paid together: each order's log says so once, who follows an order hears of it."""

from odoo import Command
from odoo.tests import tagged

from .common import SalesCommon


@tagged("post_install", "-at_install")
class TestPayingBulk(SalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What an accountant has; the role itself belongs to the finance app.
        cls.accountant = cls._create_user("pay_accountant", "account.group_account_invoice", "sales_team.group_sale_salesman_all_leads")
        cls.listener = cls._create_user("pay_listener").partner_id
        cls.cream = cls.env["product.product"].create({"name": "Cream", "type": "consu", "invoice_policy": "order", "list_price": 30})

    def _invoiced(self, count, invoices=1):
        """Return confirmed orders with that many posted invoices each, as the accountant sees them."""
        orders = self.env["sale.order"].create(
            [
                {
                    "partner_id": self.env["res.partner"].create({"name": f"Customer {number}"}).id,
                    "order_line": [Command.create({"product_id": self.cream.id, "product_uom_qty": invoices, "price_unit": 30 + number})],
                }
                for number in range(count)
            ]
        )
        orders.action_confirm()
        orders = orders.with_user(self.accountant)
        for number in range(invoices):
            moves = orders._create_invoices(grouped=True)
            if invoices > 1 and number < invoices - 1:
                moves.invoice_line_ids.quantity = 1
            moves.action_post()
        self.env.cr.flush()
        return orders

    def _pay(self, moves):
        register = self.env["account.payment.register"].with_user(self.accountant)
        register = register.with_context(active_model="account.move", active_ids=moves.ids)
        return register.create({"group_payment": False})._create_payments()

    def _paid_notes(self, order):
        """Return what the log of the order says of its invoices."""
        names = order.invoice_ids.mapped("name")
        return order.sudo().message_ids.filtered(lambda note: any(name in (note.body or "") for name in names))

    def test_each_order_says_once_that_its_invoice_is_paid(self):
        orders = self._invoiced(3)
        self._pay(orders.invoice_ids)
        for order in orders:
            notes = self._paid_notes(order)
            self.assertEqual(len(notes), 1, notes.mapped("body"))
            self.assertEqual((notes.author_id, notes.subtype_id), (self.accountant.partner_id, self.env.ref("mail.mt_note")))

    def test_two_invoices_of_an_order_are_both_named(self):
        order = self._invoiced(1, invoices=2)
        self.assertEqual(len(order.invoice_ids), 2)
        self._pay(order.invoice_ids)
        said = " ".join(self._paid_notes(order).mapped("body"))
        for invoice in order.invoice_ids:
            self.assertIn(invoice.name, said)

    def test_who_follows_notes_of_an_order_is_told(self):
        orders = self._invoiced(3)
        orders[0].sudo().message_subscribe(self.listener.ids, subtype_ids=self.env.ref("mail.mt_note").ids)
        self._pay(orders.invoice_ids)
        told = orders.sudo().message_ids.filtered(lambda note: self.listener in note.notified_partner_ids)
        self.assertEqual(told.res_id, orders[0].id)
        self.assertIn(orders[0].invoice_ids.name, told.body)

    def test_other_messages_meanwhile_are_posted_as_ever(self):
        order = self._invoiced(1).with_context(paid_memo={"notes": {}, "orders": []})
        message = order.message_post(body="Invoice paid by telephone")
        self.assertEqual(message.res_id, order.id)

    def test_queries_of_a_payment_among_many(self):
        self._pay(self._invoiced(2).invoice_ids)
        counts = []
        for count in (5, 25):
            moves = self._invoiced(count).invoice_ids
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._pay(moves)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        # One by one it takes about a hundred and fifty.
        self.assertLess((counts[1] - counts[0]) / 20, 8, counts)
