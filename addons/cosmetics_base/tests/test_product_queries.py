from odoo.tests import tagged

from .common import CosmeticsCommon


@tagged("post_install", "-at_install")
class TestProductQueries(CosmeticsCommon):
    """Our share of the queries of a batch does not grow with the batch."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._create_user("clerk", "cosmetics_base.group_master_data")
        cls.env = cls.env(user=cls.user)
        cls.brand = cls._create_brand()

    def _count(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def _count_create(self, size, **vals):
        vals_list = [{"name": f"Cream {number}", "list_price": 100.0, **vals} for number in range(size)]
        return self._count(lambda: self.env["product.template"].create(vals_list))

    def test_creating_cosmetics_costs_a_fixed_number_of_queries_more_than_core(self):
        cosmetics = self._prepare_product_vals(brand_id=self.brand.id, shelf_life_months=36, control_price=80.0)
        cosmetics.pop("name")
        cosmetics.pop("list_price")
        self._count_create(2, **cosmetics)  # fill the caches
        self._count_create(2)
        growth_of_core = self._count_create(22) - self._count_create(2)
        growth_of_ours = self._count_create(22, **cosmetics) - self._count_create(2, **cosmetics)
        self.assertLessEqual(growth_of_ours, growth_of_core + 2, "only the splitting of long lists may differ")

    def test_moving_many_products_costs_what_core_needs_to_note_it(self):
        def move(size):
            vals = self._prepare_product_vals()
            templates = self.env["product.template"].create([dict(vals, name=f"Cream {number}") for number in range(size)])
            return self._count(lambda: templates.write({"lifecycle_stage_id": self.stage_clearance.id}))

        move(2)
        self.assertLessEqual(move(22) - move(2), 2, "only the splitting of long lists may differ")

    def test_checking_the_life_cycle_of_many_products_takes_few_queries(self):
        def check(size):
            vals = self._prepare_product_vals()
            created = self.env["product.template"].create([dict(vals, name=f"Cream {n}") for n in range(size)])
            products = self.env["product.product"].browse(created.product_variant_ids.ids)  # prefetched together, as lines are
            return self._count(lambda: products._check_lifecycle("can_sell"))

        check(2)
        self.assertEqual(check(30), check(2))
