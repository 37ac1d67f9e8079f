"""A clerk finds an order by what is in hand."""

import doctest

from lxml import etree
from odoo.tests import tagged
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from ..tools import order_search
from .common import SalesCommon


@tagged("post_install", "-at_install")
class TestOrderSearch(SalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel = cls.env.ref("cosmetics_sales.channel_marketplace")
        cls.order = cls._create_order(cls.product, user=cls.ecommerce_clerk)
        cls.order.sudo().write(
            {
                "channel_id": cls.channel.id,
                "channel_order_ref": "260517-607198974342268",
                "receiver_name": "白露",
                "receiver_phone": "138 0913 7746",
                "channel_buyer": "lulu_2026",
            }
        )
        carrier = cls.env["cosmetics.carrier"].search([("code", "=", "SF")], limit=1)
        cls.env["cosmetics.parcel"].create({"order_id": cls.order.id, "carrier_id": carrier.id, "tracking_no": "SF1388420017755"})
        cls.other = cls._create_order(cls.product, user=cls.ecommerce_clerk)
        cls.env.flush_all()

    def _find(self, text, user=None):
        orders = self.env["sale.order"].with_user(user or self.ecommerce_clerk)
        return orders.search([("any_number", "ilike", text)]) & (self.order | self.other)

    def test_tools(self):
        result = doctest.testmod(order_search)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)

    def test_each_number_and_name_finds_the_order_and_no_other(self):
        for text in ("7746", "138 0913 7746", "+8613809137746", "260517-6071", "SF138842", "白露", "lulu_2026", self.order.name):
            with self.subTest(text):
                self.assertEqual(self._find(text), self.order)

    def test_what_nobody_has_finds_nothing(self):
        for text in ("7747", "13909137746", "青霜", "SF138843"):
            with self.subTest(text):
                self.assertFalse(self._find(text))

    def test_the_telephone_of_the_customer_counts_when_the_order_has_none(self):
        self.customer.phone = "029-8765 4321"
        self.assertIn(self.other, self._find("4321"))
        self.assertNotIn(self.order, self._find("4321"))

    def test_a_masked_number_is_found_by_its_tail(self):
        self.order.sudo().receiver_phone = "138****9901"
        self.assertEqual(self._find("9901"), self.order)

    def test_a_salesperson_finds_only_own_orders(self):
        self.assertFalse(self._find("7746", self.salesperson) - self.order.with_user(self.salesperson)._filtered_access("read"))

    def test_the_box_is_the_first_of_the_search_view(self):
        arch = self.env["sale.order"].with_user(self.ecommerce_clerk).get_view(self.env.ref("sale.view_sales_order_filter").id, "search")
        self.assertLess(arch["arch"].index('name="any_number"'), arch["arch"].index('name="partner_id"'))

    def test_two_characters_are_the_beginning_or_the_end_of_a_name(self):
        self.order.sudo().receiver_name = "欧阳小满"
        for text in ("欧阳", "小满", "欧阳小", "阳小满", "欧"):
            with self.subTest(text):
                self.assertEqual(self._find(text), self.order)
        for text in ("满欧", "%满", "_满", "阳欧"):
            with self.subTest(text):
                self.assertFalse(self._find(text))

    def test_nothing_typed_finds_nothing(self):
        self.assertFalse(self._find("   "))

    def test_several_texts_find_the_orders_of_each(self):
        self.other.sudo().receiver_name = "青霜"
        found = self.env["sale.order"].with_user(self.ecommerce_clerk).search([("any_number", "in", ["白露", "青霜"])])
        self.assertEqual(found & (self.order + self.other), self.order + self.other)

    def test_every_way_of_finding_has_an_index(self):
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for text in ("7746", "13809137746", "白露", "白露霜", "260517-6071", "SF138842"):
            with self.subTest(text):
                query = self.env["sale.order"].with_user(self.ecommerce_clerk)._search([("any_number", "ilike", text)])
                self.env.cr.execute(SQL("EXPLAIN %s", query.select()))
                plan = "\n".join(row[0] for row in self.env.cr.fetchall())
                self.assertNotIn("Seq Scan on sale_order", plan)
                self.assertNotIn("Seq Scan on cosmetics_parcel", plan)

    def test_saved_views_of_the_clerk(self):
        arch = self.env["sale.order"].with_user(self.ecommerce_clerk).get_view(self.env.ref("sale.view_sales_order_filter").id, "search")
        filters = {node.get("name"): node.get("domain") for node in etree.fromstring(arch["arch"]).iter("filter")}
        orders = self.env["sale.order"].with_user(self.ecommerce_clerk)
        found = {name: orders.search(safe_eval(filters[name])) for name in ("today", "to_review", "unallocated", "late")}
        self.assertIn(self.order, found["today"])
        self.assertIn(self.order, found["to_review"])
        self.assertNotIn(self.order, found["unallocated"])
        self.assertNotIn(self.order, found["late"])
        self.order.sudo().write({"allocation_state": "waiting", "channel_state": "paid", "ship_by_at": "2020-01-01 00:00:00"})
        self.assertIn(self.order, orders.search(safe_eval(filters["unallocated"])))
        self.assertIn(self.order, orders.search(safe_eval(filters["late"])))
        self.order.sudo().date_order = "2020-01-01 00:00:00"
        self.assertNotIn(self.order, orders.search(safe_eval(filters["today"])))
