"""What the till offers."""

from odoo.tests import tagged

from .common import TillCommon


@tagged("post_install", "-at_install")
class TestProductTemplate(TillCommon):
    def _offered(self):
        """Return the products the till loads when it opens."""
        templates = self.env["product.template"].with_user(self.clerk)
        return templates.search(templates._load_pos_data_domain({}, self.till))

    def _found(self, domain):
        """Return the ids the till gets when it asks the server."""
        self._open_till()
        found = self.env["product.template"].with_user(self.clerk).load_product_from_pos(self.till.id, domain)
        return {product["id"] for product in found["product.template"]}

    def test_till_offers_what_is_on_sale_and_not_what_is_delisted(self):
        offered = self._offered()
        self.assertIn(self.product.product_tmpl_id, offered)
        self.assertNotIn(self.delisted.product_tmpl_id, offered)

    def test_till_offers_cleared_goods_and_not_new_ones(self):
        cleared = self._create_till_product(lifecycle_stage_id=self.stage_clearance.id).product_tmpl_id
        new = self._create_till_product(lifecycle_stage_id=self.stage_introduction.id).product_tmpl_id
        self.assertEqual(self._offered() & (cleared + new), cleared)

    def test_till_offers_goods_without_a_stage(self):
        bag = self.env["product.template"].create({"name": "Carrier Bag", "available_in_pos": True})
        self.assertIn(bag, self._offered())

    def test_search_at_the_till_finds_no_delisted_product(self):
        templates = (self.product + self.delisted).product_tmpl_id
        templates.default_code = "TILL-SEARCH"
        self.assertEqual(self._found([("default_code", "=", "TILL-SEARCH")]), set(self.product.product_tmpl_id.ids))

    def test_return_finds_the_delisted_product_by_its_id(self):
        self.assertEqual(self._found([("product_variant_ids.id", "in", self.delisted.ids)]), set(self.delisted.product_tmpl_id.ids))

    def test_open_till_forgets_a_product_that_was_delisted(self):
        session = self._open_till()
        known = {"product.template": (self.product + self.delisted).product_tmpl_id.ids}
        forget = session.filter_local_data(known)
        self.assertEqual(forget, {"product.template": self.delisted.product_tmpl_id.ids})
