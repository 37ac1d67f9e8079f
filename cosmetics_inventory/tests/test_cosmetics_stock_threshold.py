"""Which threshold counts for which goods at which place."""

from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common_alert import AlertCommon


@tagged("post_install", "-at_install")
class TestCosmeticsStockThreshold(AlertCommon):
    def _minimum(self, place=None, product=None):
        """Return the minimum that counts for a product (the cream) at a place (the shop)."""
        product = product or self.cream
        place = place or self.shop
        found = self.Threshold._get_resolver()(product.id, product.categ_id.parent_path, place.id, place.company_id.id)
        return found and found.minimum

    def test_most_specific_threshold_decides_alone(self):
        parent = self.env["product.category"].create({"name": "Face"})
        self.cream.categ_id = self.env["product.category"].create({"name": "Creams", "parent_id": parent.id})
        self.threshold.unlink()
        self.assertIsNone(self._minimum())
        steps = (
            {},
            {"warehouse_id": self.shop.id},
            {"categ_id": parent.id},
            {"categ_id": parent.id, "warehouse_id": self.shop.id},
            {"categ_id": self.cream.categ_id.id},
            {"product_id": self.cream.id},
            {"product_id": self.cream.id, "warehouse_id": self.shop.id},
        )
        for number, scope in enumerate(steps, 1):
            self._create_threshold(minimum=number, **scope)
            self.assertEqual(self._minimum(), number)
        self.assertEqual(self._minimum(self.centre), 6)
        self.assertEqual(self._minimum(product=self.product), 2)

    def test_threshold_of_another_company_does_not_count(self):
        self.threshold.unlink()
        company = self.env["res.company"].create({"name": "Other Company"})
        self.assertEqual(len(self.Threshold.search([("company_id", "=", company.id)])), 1, "a new company watches its stock")
        self.assertIsNone(self._minimum())

    def test_one_threshold_for_the_same_goods_and_place(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._create_threshold(minimum=9, warehouse_id=self.shop.id, product_id=self.cream.id)

    def test_product_and_category_together_are_refused(self):
        category = self.env["product.category"].create({"name": "Face"})
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._create_threshold(product_id=self.product.id, categ_id=category.id)

    def test_negative_limits_are_refused(self):
        for name in ("minimum", "cover_days", "idle_days", "expiry_days", "escalation_hours"):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.threshold.write({name: -1})
                self.threshold.flush_recordset()

    def test_name_says_goods_and_place(self):
        self.assertEqual(self.threshold.display_name, f"{self.cream.display_name} · Quality Shop")
        everything = self._create_threshold().with_context(lang="en_US")
        self.assertEqual(everything.display_name, "All Goods")

    def test_keeper_reads_thresholds_of_the_own_company(self):
        company = self.env["res.company"].create({"name": "Other Company"})
        seen = self.Threshold.with_user(self.colleague).search([])
        self.assertIn(self.threshold, seen)
        self.assertNotIn(company, seen.company_id)

    def test_archived_managers_are_not_told(self):
        self.shop_user.active = False
        self._sell_at(6)
        self.assertNotEqual(self._look().user_id, self.shop_user)
