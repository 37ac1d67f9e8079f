"""What the selling roles may do, and what not."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SalesCommon


@tagged("post_install", "-at_install")
class TestRoles(SalesCommon):
    def test_salesperson_sees_own_orders_not_those_of_a_colleague(self):
        own, other = self._create_order(self.product), self._create_order(self.product, user=self.colleague)
        found = self.env["sale.order"].with_user(self.salesperson).search([("id", "in", (own + other).ids)])
        self.assertEqual(found, own)
        with self.assertRaises(AccessError):
            other.with_user(self.salesperson).check_access("read")

    def test_ecommerce_clerk_sees_everybodys_orders(self):
        orders = self._create_order(self.product) + self._create_order(self.product, user=self.colleague)
        found = self.env["sale.order"].with_user(self.ecommerce_clerk).search([("id", "in", orders.ids)])
        self.assertEqual(found, orders)

    def test_salesperson_gives_a_discount_on_a_line(self):
        order = self._create_order(self.product)
        full = order.amount_untaxed
        order.order_line.discount = 10
        self.assertAlmostEqual(order.amount_untaxed, full * 0.9, 2)

    def test_salesperson_makes_a_customer(self):
        customer = self.env["res.partner"].with_user(self.salesperson).create({"name": "New Customer"})
        self.assertTrue(customer)

    def test_salesperson_posts_no_journal_entry(self):
        with self.assertRaises(AccessError):
            self.env["account.move"].with_user(self.salesperson).create({"move_type": "entry"})

    def test_sellers_change_no_product_and_no_price_list(self):
        pricelist = self.env["product.pricelist"].create({"name": "Wholesale"})
        for user in (self.salesperson, self.ecommerce_clerk):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.product.with_user(user).list_price = 1
                with self.assertRaises(AccessError):
                    pricelist.with_user(user).name = "Mine"

    def test_store_has_a_team_of_its_own_company(self):
        team = self.env["crm.team"].create({"name": "Wholesale", "company_id": self.env.company.id})
        self.assertEqual(self._create_store(team_id=team.id).team_id, team)
        foreign = self.env["crm.team"].create(
            {"name": "Elsewhere", "company_id": self.env["res.company"].create({"name": "Another Company"}).id}
        )
        with self.assertRaises(UserError):
            self._create_store(team_id=foreign.id)

    def test_every_leaf_of_the_menu_names_its_groups(self):
        root = self.env.ref("cosmetics_sales.menu_root")
        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id), ("action", "!=", False)])
        self.assertGreater(len(menus), 10)
        self.assertFalse(menus.filtered(lambda menu: not menu.group_ids).mapped("complete_name"))
