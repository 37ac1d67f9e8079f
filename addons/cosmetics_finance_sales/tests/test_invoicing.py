from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestInvoicing(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = {
            "accountant": "cosmetics_finance.group_accountant",
            "salesperson": "cosmetics_sales.group_salesperson",
            "ecommerce": "cosmetics_sales.group_ecommerce_clerk",
        }
        cls.users = {name: new_test_user(cls.env, f"invoicing_{name}", group) for name, group in groups.items()}
        product = cls.env["product.product"].create({"name": "Cream", "type": "consu", "invoice_policy": "order", "list_price": 100})
        customer = cls.env["res.partner"].create({"name": "Department store"})
        cls.order = cls.env["sale.order"].create(
            {
                "partner_id": customer.id,
                "user_id": cls.users["salesperson"].id,
                "order_line": [Command.create({"product_id": product.id, "product_uom_qty": 2, "price_unit": 100})],
            }
        )
        cls.order.action_confirm()

    def invoice_as(self, name):
        wizard = self.env["sale.advance.payment.inv"].with_user(self.users[name])
        wizard.with_context(active_model="sale.order", active_ids=self.order.ids).create({}).create_invoices()
        return self.order.invoice_ids

    def test_accountant_invoices_and_posts_an_order_of_a_salesperson(self):
        invoice = self.invoice_as("accountant")
        self.assertEqual(invoice.mapped("amount_untaxed"), [200.0])
        invoice.with_user(self.users["accountant"]).action_post()
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(self.order.invoice_status, "invoiced")

    def test_accountant_finds_the_order_in_the_list_of_the_menu(self):
        menu = self.env.ref("cosmetics_finance_sales.sale_order_to_invoice_menu")
        orders = self.env[menu.action.res_model].with_user(self.users["accountant"])
        self.assertIn(self.order, orders.search([("invoice_status", "=", "to invoice")]))
        visible = self.env["ir.ui.menu"].with_user(self.users["accountant"])._visible_menu_ids()
        self.assertIn(menu.id, visible)

    def test_salesperson_cannot_post_what_the_order_became(self):
        invoice = self.invoice_as("accountant")
        with self.assertRaises(AccessError):
            invoice.with_user(self.users["salesperson"]).action_post()
        self.assertEqual(invoice.state, "draft")

    def test_accountant_cannot_confirm_or_create_orders(self):
        orders = self.env["sale.order"].with_user(self.users["accountant"])
        with self.assertRaises(AccessError):
            orders.create({"partner_id": self.order.partner_id.id})

    def test_menu_is_the_accountants_alone(self):
        menu = self.env.ref("cosmetics_finance_sales.sale_order_to_invoice_menu")
        for name in ("salesperson", "ecommerce"):
            visible = self.env["ir.ui.menu"].with_user(self.users[name])._visible_menu_ids()
            self.assertNotIn(menu.id, visible, name)
