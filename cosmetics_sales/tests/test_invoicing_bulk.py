"""Many orders invoiced together: the same invoices as one by one, one look at what all of them need."""

from odoo import Command
from odoo.tests import tagged

from .common import SalesCommon


@tagged("post_install", "-at_install")
class TestInvoicingBulk(SalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What an accountant has; the role itself belongs to the finance app.
        cls.accountant = cls._create_user("bulk_accountant", "account.group_account_invoice", "sales_team.group_sale_salesman_all_leads")
        cls.listener = cls._create_user("bulk_listener").partner_id
        cls.products = cls.env["product.product"].create(
            [{"name": name, "type": "consu", "invoice_policy": "order", "list_price": 30} for name in ("Cream", "Lotion", "Mask")]
        )
        cls.customers = cls.env["res.partner"].create([{"name": f"Customer {number}"} for number in range(3)])

    def _orders(self, count):
        """Return confirmed orders of the customers in turn, as the accountant sees them."""
        orders = self.env["sale.order"].create(
            [
                {
                    "partner_id": self.customers[number % 3].id,
                    "order_line": [
                        Command.create({"product_id": product.id, "product_uom_qty": 1 + number % 2, "price_unit": 30 + number})
                        for product in self.products
                    ],
                }
                for number in range(count)
            ]
        )
        orders.action_confirm()
        return orders.with_user(self.accountant)

    def _rows(self, orders):
        return [
            [
                (
                    move.partner_id.id,
                    move.invoice_origin == order.name,
                    move.amount_total,
                    move.invoice_line_ids.mapped(
                        lambda line: (line.product_id.id, line.quantity, line.price_unit, line.analytic_distribution)
                    ),
                    move.line_ids.sale_line_ids.order_id == order,
                )
                for move in order.invoice_ids
            ]
            for order in orders
        ]

    def test_together_is_the_same_as_one_by_one(self):
        single, together = self._orders(6), self._orders(6)
        for order in single:
            order._create_invoices(grouped=True)
        together._create_invoices(grouped=True)
        self.assertEqual(self._rows(together), self._rows(single))
        self.assertTrue(all(len(row) == 1 for row in self._rows(together)))

    def test_each_invoice_says_where_it_comes_from(self):
        orders = self._orders(3)
        moves = orders._create_invoices(grouped=True)
        self.assertEqual(len(moves), 3)
        for move in moves:
            order = move.line_ids.sale_line_ids.order_id
            notes = move.message_ids.filtered(lambda note, order=order: order.name in (note.body or ""))
            self.assertEqual(len(notes), 1, move.message_ids.mapped("body"))
            self.assertEqual((notes.author_id, notes.subtype_id), (self.accountant.partner_id, self.env.ref("mail.mt_note")))

    def test_each_invoice_logs_its_creation_once(self):
        moves = self._orders(3)._create_invoices(grouped=True)
        for move in moves:
            self.assertEqual(len(move.message_ids), 2)

    def test_orders_of_one_customer_in_one_invoice_name_each_order(self):
        orders = self._orders(4)[::3]
        move = orders._create_invoices()
        self.assertEqual(len(move), 1)
        origin = move.message_ids.filtered(lambda note: orders[0].name in (note.body or ""))
        self.assertIn(orders[1].name, origin.body)

    def test_who_follows_invoices_of_the_team_still_hears_of_each(self):
        orders = self._orders(2)
        team = self.env["crm.team"].search([], limit=1)
        orders.sudo().team_id = team
        created = self.env.ref("account.mt_invoice_created")
        subtype = self.env["mail.message.subtype"].create(
            {"name": "Invoice of the team", "res_model": "crm.team", "parent_id": created.id, "relation_field": "team_id"}
        )
        team.message_subscribe(self.listener.ids, subtype_ids=subtype.ids)
        moves = orders._create_invoices(grouped=True)
        told = moves.message_ids.filtered(lambda note: note.subtype_id == created and note.notified_partner_ids == self.listener)
        self.assertEqual(sorted(told.mapped("res_id")), sorted(moves.ids))

    def test_queries_of_an_invoice_among_many(self):
        self._orders(2)._create_invoices(grouped=True)
        counts = []
        for count in (5, 25):
            orders = self._orders(count)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            orders._create_invoices(grouped=True)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        # One by one it takes about ninety.
        self.assertLess((counts[1] - counts[0]) / 20, 12, counts)

    def test_log_by_rpc_is_not_silenced(self):
        orders = self._orders(1).with_context(invoice_memo={"notes": {}})
        move = orders._create_invoices()
        self.assertTrue(move.message_ids.filtered(lambda note: orders.name in (note.body or "")))
