"""What the shop roles may do, and what not."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TillCommon


@tagged("post_install", "-at_install")
class TestRoles(TillCommon):
    def test_clerk_opens_the_till_and_sells(self):
        order = self._send(self._prepare_sale(self.product, quantity=2))
        self.assertEqual((order.state, order.user_id, order.amount_total), ("paid", self.clerk, 2 * self.product.lst_price))

    def test_clerk_makes_no_till_and_changes_no_product_and_no_price(self):
        with self.assertRaises(AccessError):
            self.env["pos.config"].with_user(self.clerk).create({"name": "Mine"})
        with self.assertRaises(AccessError):
            self.product.with_user(self.clerk).list_price = 1

    def test_clerk_makes_and_posts_no_journal_entry(self):
        with self.assertRaises(AccessError):
            self.env["account.move"].with_user(self.clerk).create({"move_type": "entry"})

    def test_manager_changes_the_till(self):
        self.till.with_user(self.manager).name = "Counter 2"
        self.assertEqual(self.till.name, "Counter 2")

    def test_manager_opens_the_way_of_payment_with_all_its_fields(self):
        method = self.bank_method.with_user(self.manager)
        names = method.get_view(view_type="form")["models"]["pos.payment.method"]
        self.assertEqual(method.web_read({name: {} for name in names})[0]["name"], "Test Card")

    def test_manager_writes_no_wholesale_order(self):
        customer = self.env["res.partner"].create({"name": "Test Customer"})
        with self.assertRaises(AccessError):
            self.env["sale.order"].with_user(self.manager).create({"partner_id": customer.id})

    def test_every_leaf_of_the_menu_names_its_groups(self):
        root = self.env.ref("cosmetics_sales_pos.menu_tills")
        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id), ("action", "!=", False)])
        roles = self.env.ref("cosmetics_sales_pos.group_shop_clerk") + self.env.ref("cosmetics_sales_pos.group_store_manager")
        self.assertGreaterEqual(len(menus), 5)
        self.assertEqual(menus.group_ids, roles)
