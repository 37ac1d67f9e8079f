from odoo.tests import tagged

from ..loader.thresholds import BEST_SELLERS, SHELF
from .test_demo_company import DemoCase


@tagged("post_install", "-at_install")
class TestDemoThresholds(DemoCase):
    def test_each_shop_is_watched_and_its_best_sellers_are_kept_deeper(self):
        resolve = self.env["cosmetics.stock.threshold"]._get_resolver()
        for shop in ("xiaozhai", "zhonglou", "gaoxin"):
            place = self._find("warehouse", shop).id
            best = self._find("product", "qtl001")
            other = self._find("product", "qtl003")
            minimums = [resolve(product.id, product.categ_id.parent_path, place, self.company.id).minimum for product in (best, other)]
            self.assertEqual(minimums, [BEST_SELLERS["qtl001"], SHELF["minimum"]])
