"""Goods to move: which products a segment of their buyers looks at, with real batches."""

from datetime import timedelta

from odoo.tests import tagged

from .common import MORNING, RecallNoticeCommon


@tagged("post_install", "-at_install")
class TestMemberSegment(RecallNoticeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = MORNING.date()
        cls.cream = cls._create_product(name="Cream", is_storable=True)
        cls.near = cls._create_lot("NEAR", cls.cream, cls.today + timedelta(days=60))
        cls.segment = cls.env["cosmetics.member.segment"].with_user(cls.manager).create({"name": "Goods to Move", "near_expiry_days": 60})

    def _found(self, days=60):
        return self.cream in self.segment._get_products_near_expiry(days)

    def _stock(self, location=None, quantity=5, lot=None):
        self._move(lot or self.near, self.supplier, location or self.stock, quantity)

    def test_batch_in_stock_that_expires_within_the_days_is_found(self):
        self._stock()
        self.assertEqual((self._found(), self._found(59)), (True, False))

    def test_batch_in_a_shop_counts(self):
        self._stock(self.shelf)
        self.assertTrue(self._found())

    def test_batch_that_is_not_in_stock_is_no_good_to_move(self):
        self.assertFalse(self._found())
        self._stock(self.customer)
        self.assertFalse(self._found())

    def test_batch_that_lasts_longer_is_no_good_to_move(self):
        self._stock(lot=self._create_lot("FRESH", self.cream, self.today + timedelta(days=900)))
        self.assertFalse(self._found())

    def test_expired_batch_is_sold_to_nobody(self):
        self._stock()
        self.near.expiration_on = self.today - timedelta(days=1)
        self.assertFalse(self._found())

    def test_batch_whose_sale_has_stopped_is_sold_to_nobody(self):
        self._stock()
        self.near.expiration_on = self.today
        self.assertFalse(self.near._is_sellable() and not self._found())

    def test_recalled_batch_is_advertised_to_nobody(self):
        self._stock()
        self._create_recall(self.near).action_freeze()
        self.assertFalse(self._found())

    def test_goods_that_orders_have_reserved_are_not_to_move(self):
        self._stock(quantity=2)
        self._order(self.near, 2, self.member)
        self.assertFalse(self._found())

    def test_goods_of_another_company_are_not_to_move(self):
        company = self.env["res.company"].create({"name": "Second Company"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        self._stock(warehouse.lot_stock_id)
        self.assertFalse(self._found())

    def test_segment_holds_the_buyers_of_goods_to_move(self):
        self._stock()
        buyer, other = self._create_member("李二"), self._create_member("张三")
        self._product = self.cream
        self._buy((buyer, "2026-02-01 04:00:00", 100.0, self.cream), (other, "2026-02-01 04:00:00", 100.0, self.product))
        found = self.env["res.partner"].with_user(self.manager).search(self.segment._get_domain())
        self.assertEqual(found, buyer)
