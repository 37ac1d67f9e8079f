from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from .common import CosmeticsCommon


@tagged("post_install", "-at_install")
class TestCosmeticsBrand(CosmeticsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._create_user("clerk", "cosmetics_base.group_master_data")
        cls.env = cls.env(user=cls.user)

    def test_two_brands_cannot_share_a_name(self):
        self._create_brand("Yulan")
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self._create_brand("YULAN")

    def test_two_brands_may_have_a_series_of_the_same_name(self):
        brands = self._create_brand("Yulan") | self._create_brand("Qinling")
        series = self.env["cosmetics.series"].create([{"name": "Water", "brand_id": brand.id} for brand in brands])
        self.assertEqual(series.brand_id, brands)
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.env["cosmetics.series"].create({"name": "water", "brand_id": brands[0].id})

    def test_a_brand_counts_and_opens_its_products(self):
        brand = self._create_brand("Yulan")
        other = self._create_brand("Qinling")
        template = self._create_product(brand_id=brand.id).product_tmpl_id
        self.assertEqual((brand.product_count, other.product_count), (1, 0))
        action = brand.action_view_products()
        self.assertEqual(self.env["product.template"].search(action["domain"]), template)

    def test_a_brand_is_found_by_its_code(self):
        brand = self._create_brand("Yulan", code="YLX9")
        self.assertEqual(self.env["cosmetics.brand"].name_search("YLX9")[0][0], brand.id)

    def test_an_efficacy_is_found_by_its_code_and_shows_it(self):
        sunscreen = self.env.ref("cosmetics_base.efficacy_04")
        self.assertEqual(self.env["cosmetics.efficacy"].name_search("04")[0][0], sunscreen.id)
        self.assertEqual(sunscreen.with_context(lang="en_US").display_name, "04 Sunscreen")
