"""Free shipping of a tier."""

from odoo import Command
from odoo.tests import tagged

from .common import PointsSalesCommon


@tagged("post_install", "-at_install")
class TestFreeShipping(PointsSalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.freight = cls.env.ref("cosmetics_sales.product_freight")
        cls.tier = cls.env["cosmetics.member.tier"].create({"name": "Test Tier", "upgrade_amount": 777777, "has_free_shipping": True})

    def _order_with_freight(self):
        return self._create_web_order((self.cream, 1), (self.freight, 1, {"price_unit": 12.0}))

    def _get_freight(self, order):
        return order.order_line.filtered(lambda line: line.product_id == self.freight)

    def test_a_member_of_such_a_tier_pays_no_freight(self):
        self.buyer.sudo().member_tier_id = self.tier
        order = self._order_with_freight()
        line = self._get_freight(order)
        self.assertEqual((line.price_unit, line.discount, line.price_total), (12.0, 100.0, 0.0))
        goods = order.order_line - line
        self.assertEqual(goods.discount, 0.0)

    def test_others_pay_it(self):
        self.assertEqual(self._get_freight(self._order_with_freight()).discount, 0.0)

    def test_a_tier_without_it_pays_it(self):
        self.tier.has_free_shipping = False
        self.buyer.sudo().member_tier_id = self.tier
        self.assertEqual(self._get_freight(self._order_with_freight()).discount, 0.0)

    def test_the_discount_follows_the_customer_of_the_quotation(self):
        order = self._order_with_freight()
        member = self.env["res.partner"].create({"name": "Test Member", "member_tier_id": self.tier.id})
        order.partner_id = member
        self.assertEqual(self._get_freight(order).discount, 100.0)

    def test_a_delivery_address_of_the_member_counts_as_the_member(self):
        self.buyer.sudo().member_tier_id = self.tier
        address = self.env["res.partner"].create({"name": "Test Office", "type": "delivery", "parent_id": self.buyer.id})
        order = self._order_with_freight()
        order.partner_id = address
        self.assertEqual(self._get_freight(order).discount, 100.0)

    def test_it_is_no_gift_by_hand_for_the_review(self):
        self.buyer.sudo().member_tier_id = self.tier
        order = self._order_with_freight()
        self.assertFalse(self._get_freight(order)._is_free_by_hand())
        given = self._create_web_order((self.cream, 1, {"discount": 100.0}))
        self.assertTrue(given.order_line._is_free_by_hand())

    def test_what_a_platform_charged_stays(self):
        self.buyer.sudo().member_tier_id = self.tier
        market = self.env["cosmetics.channel"].create({"name": "Test Market", "code": "TESTM", "kind": "marketplace"})
        order = self._create_web_order((self.cream, 1))
        order.channel_id = market
        order.write({"order_line": [Command.create({"product_id": self.freight.id, "price_unit": 12.0})]})
        self.assertEqual(self._get_freight(order).discount, 0.0)
