"""Companies of many records: what core refuses of one is refused of many, and what it allows is allowed."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CosmeticsCommon


@tagged("post_install", "-at_install")
class TestCheckCompany(CosmeticsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Test Other Company"})
        cls.vendor = cls.env["res.partner"].create({"name": "Test Vendor"})
        products = cls.env["product.product"]
        cls.own = products.create({"name": "Test Own", "company_id": cls.env.company.id})
        cls.shared = products.create({"name": "Test Shared", "company_id": False})
        cls.foreign = products.create({"name": "Test Foreign", "company_id": cls.other.id})

    def _prices(self, *products, company=None):
        """Create one vendor price for each product, all in one go."""
        company = company or self.env.company
        return self.env["product.supplierinfo"].create(
            [{"partner_id": self.vendor.id, "product_id": product.id, "company_id": company.id} for product in products]
        )

    def test_own_and_shared_products_are_allowed_together(self):
        self.assertIsNone(self._prices(self.own, self.shared, self.own)._check_company())

    def test_one_foreign_product_among_many_is_refused_and_named(self):
        with self.assertRaisesRegex(UserError, "Test Foreign"):
            self._prices(self.own, self.shared, self.foreign)._check_company()

    def test_records_of_two_companies_are_each_checked_against_their_own(self):
        both = self._prices(self.own) + self._prices(self.foreign, company=self.other)
        both._check_company()
        with self.assertRaisesRegex(UserError, "Test Foreign"):
            (both + self._prices(self.foreign))._check_company()

    def test_archived_product_of_another_company_is_seen(self):
        self.foreign.active = False
        with self.assertRaisesRegex(UserError, "Test Foreign"):
            self._prices(self.own, self.foreign)._check_company()

    def test_check_of_many_takes_no_more_queries_than_of_two(self):
        counts = []
        for number in (2, 20):
            prices = self._prices(*[self.own] * number)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            prices._check_company()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
