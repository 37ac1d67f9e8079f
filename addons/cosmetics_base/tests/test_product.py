from odoo.tests import tagged

from .common import CosmeticsCommon


@tagged("post_install", "-at_install")
class TestProduct(CosmeticsCommon):
    def test_a_product_of_the_factory_is_on_sale_with_its_number(self):
        product = self._create_product()
        self.assertEqual(product.lifecycle_stage_id, self.stage_sale)
        self.assertEqual(product.registration_no, "陕G妆网备字2021000001")
        self.assertEqual(product.product_tmpl_id.registration_no, "陕G妆网备字2021000001")
        self.assertEqual(product.price_per_100, 200.0)
        product._check_lifecycle("can_sell")
