"""Channels: who keeps them, and which one an order gets."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError
from psycopg2.errors import UniqueViolation

from .common import SalesCommon


@tagged("post_install", "-at_install")
class TestCosmeticsChannel(SalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wholesale = cls.env.ref("cosmetics_sales.channel_wholesale")
        cls.tmall = cls.env["cosmetics.channel"].create({"name": "Tmall", "code": "TESTTM", "kind": "marketplace"})
        cls.team = cls.env["crm.team"].create({"name": "Test Online", "channel_id": cls.tmall.id})
        cls.elsewhere = cls.env["res.company"].create({"name": "Another Company"})

    def test_order_without_a_channel_of_its_team_is_wholesale(self):
        self.assertEqual(self._create_order(self.product).channel_id, self.wholesale)

    def test_order_of_a_team_gets_the_channel_of_the_team(self):
        order = self._create_order(self.product, user=self.ecommerce_clerk)
        order.team_id = self.team
        self.assertEqual(order.channel_id, self.tmall)
        created = order.create({"partner_id": self.customer.id, "team_id": self.team.id})
        self.assertEqual(created.channel_id, self.tmall)

    def test_chosen_channel_stays_and_is_copied(self):
        order = self._create_order(self.product)
        order.channel_id = self.tmall
        order.order_line = [Command.create({"product_id": self.product.id})]
        self.assertEqual((order.channel_id, order.copy().channel_id), (self.tmall, self.tmall))

    def test_confirmed_order_keeps_its_channel(self):
        order = self._create_order(self.product)
        order.action_confirm()
        order.team_id = self.team
        self.assertEqual(order.channel_id, self.wholesale)

    def test_order_follows_the_price_list_and_the_warehouse_of_its_channel(self):
        self.tmall.company_id = self.env.company
        self.tmall.pricelist_id = self.env["product.pricelist"].create({"name": "Tmall Prices"})
        self.tmall.warehouse_id = self.env["stock.warehouse"].create({"name": "Tmall Warehouse", "code": "TMW"})
        orders = self.env["sale.order"].with_user(self.ecommerce_clerk)
        order = orders.create({"partner_id": self.customer.id, "channel_id": self.tmall.id})
        self.assertEqual((order.pricelist_id, order.warehouse_id), (self.tmall.pricelist_id, self.tmall.warehouse_id))
        usual = self._create_order(self.product)
        self.assertNotEqual(usual.warehouse_id, self.tmall.warehouse_id)
        usual.channel_id = self.tmall
        self.assertEqual((usual.pricelist_id, usual.warehouse_id), (self.tmall.pricelist_id, self.tmall.warehouse_id))

    def test_the_own_price_list_of_a_customer_goes_first_and_what_was_chosen_stays(self):
        self.tmall.company_id = self.env.company
        self.tmall.pricelist_id, own = self.env["product.pricelist"].create([{"name": "Tmall Prices"}, {"name": "Own Prices"}])
        self.customer.specific_property_product_pricelist = own
        orders = self.env["sale.order"].with_user(self.ecommerce_clerk)
        self.assertEqual(orders.create({"partner_id": self.customer.id, "channel_id": self.tmall.id}).pricelist_id, own)
        chosen = self.env["stock.warehouse"].create({"name": "Chosen", "code": "CHO"})
        self.tmall.warehouse_id = self.env["stock.warehouse"].create({"name": "Tmall Warehouse", "code": "TMW"})
        vals = {"partner_id": self.customer.id, "channel_id": self.tmall.id, "warehouse_id": chosen.id}
        self.assertEqual(orders.create(vals).warehouse_id, chosen)

    def test_a_channel_of_all_companies_has_no_warehouse_of_one(self):
        with self.assertRaises(UserError):
            self.wholesale.warehouse_id = self.env["stock.warehouse"].create({"name": "Ours", "code": "OUR"})

    def test_company_uses_its_own_wholesale_channel_first(self):
        own = self.env["cosmetics.channel"].create({"name": "Own", "code": "OWN", "sequence": 1, "company_id": self.env.company.id})
        self.assertEqual(self._create_order(self.product).channel_id, own)
        foreign = self.env["sale.order"].create({"partner_id": self.customer.id, "company_id": self.elsewhere.id})
        self.assertEqual(foreign.channel_id, self.wholesale)

    def test_channel_of_another_company_is_neither_seen_nor_taken(self):
        foreign = self.env["cosmetics.channel"].create({"name": "Foreign", "code": "X", "company_id": self.elsewhere.id})
        channels = self.env["cosmetics.channel"].with_user(self.salesperson)
        self.assertFalse(channels.search([("id", "=", foreign.id)]))
        with self.assertRaises(UserError):
            self._create_order(self.product).sudo().channel_id = foreign

    def test_code_is_unique_in_its_company_whatever_its_case(self):
        self._assert_refused({"name": "Again", "code": "testtm"})
        self._assert_refused({"name": "Again", "code": "ws", "company_id": False})
        other = self.env["cosmetics.channel"].create({"name": "Tmall", "code": "TESTTM", "company_id": self.elsewhere.id})
        self.assertTrue(other)

    def test_sellers_read_channels_and_master_data_keeps_them(self):
        for user in (self.salesperson, self.ecommerce_clerk):
            with self.subTest(user=user.login):
                self.assertEqual(self.tmall.with_user(user).kind, "marketplace")
                with self.assertRaises(AccessError):
                    self.tmall.with_user(user).name = "Mine"
        keeper = self._create_user("test_master", "cosmetics_base.group_master_data")
        self.tmall.with_user(keeper).name = "Tmall Flagship"
        self.assertEqual(self.tmall.name, "Tmall Flagship")

    def test_channel_with_orders_is_not_deleted(self):
        self._create_order(self.product).channel_id = self.tmall
        self.env.flush_all()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.tmall.unlink()

    def test_many_orders_find_their_channel_with_one_look(self):
        few, many = self._count_create_queries(2), self._count_create_queries(12)
        self.assertEqual(many, few)

    def _count_create_queries(self, count):
        """Return how many queries it takes to find the channels of `count` orders."""
        orders = self.env["sale.order"].union(*[self._create_order(self.product) for _i in range(count)])
        self.env.flush_all()
        self.env.invalidate_all()
        orders.mapped("team_id.channel_id"), orders.mapped("channel_id.company_id")
        before = self.env.cr.sql_log_count
        orders._compute_channel_id()
        return self.env.cr.sql_log_count - before

    def _assert_refused(self, vals):
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.env["cosmetics.channel"].create(vals)
