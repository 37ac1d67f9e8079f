from lxml import etree
from odoo.tests import Form, tagged

from .common import CosmeticsCommon


@tagged("post_install", "-at_install")
class TestProductForm(CosmeticsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._create_user("clerk", "cosmetics_base.group_master_data")
        cls.reader = cls._create_user("reader")
        cls.env = cls.env(user=cls.user)
        cls.brand = cls._create_brand("Yulan")
        cls.series = cls.env["cosmetics.series"].create({"name": "Water", "brand_id": cls.brand.id})

    def test_a_clerk_fills_in_one_form(self):
        with Form(self.env["product.template"], "product.product_template_only_form_view") as form:
            form.name = "Form Cream"
            form.brand_id = self.brand
            form.series_id = self.series
            form.cosmetic_kind = "ordinary"
            form.registration_no = "陕 G妆网备字 2021000001"
            form.net_content = 50.0
            form.list_price = 200.0
            self.assertEqual(form.price_per_100, 400.0)
        template = form.save()
        self.assertEqual(template.product_variant_id.registration_no, "陕G妆网备字2021000001")
        self.assertEqual(template.lifecycle_stage_id, self.stage_introduction)

    def test_ticking_children_ticks_the_gold_shield(self):
        with Form(self.env["product.template"], "product.product_template_only_form_view") as form:
            form.name = "Baby Cream"
            form.cosmetic_kind = "ordinary"
            form.is_children = True
            self.assertTrue(form.has_gold_shield)

    def test_another_brand_empties_the_series(self):
        other = self._create_brand("Qinling")
        template = self._create_product(brand_id=self.brand.id, series_id=self.series.id).product_tmpl_id
        with Form(template, "product.product_template_only_form_view") as form:
            form.brand_id = other
            self.assertFalse(form.series_id)

    def test_the_variant_shows_the_same_page(self):
        product = self._create_product()
        with Form(product, "product.product_normal_form_view") as form:
            form.registration_no = "陕G妆网备字2021000002"
        self.assertEqual(product.product_tmpl_id.registration_no, "陕G妆网备字2021000002")

    def test_readers_see_the_page_without_the_button(self):
        for user, expected in ((self.user, 1), (self.reader, 0)):
            arch = (
                self.env["product.template"]
                .with_user(user)
                .get_view(self.env.ref("product.product_template_only_form_view").id, "form")["arch"]
            )
            tree = etree.fromstring(arch)
            self.assertEqual(len(tree.xpath("//page[@name='cosmetics']")), 1)
            self.assertEqual(len(tree.xpath("//button[@name='action_move_lifecycle']")), expected)

    def test_the_actions_open_their_views(self):
        for name in (
            "product_template_action",
            "cosmetics_brand_action",
            "cosmetics_series_action",
            "cosmetics_efficacy_action",
            "cosmetics_skin_type_action",
            "cosmetics_skin_concern_action",
            "cosmetics_lifecycle_stage_action",
            "cosmetics_lifecycle_move_action",
            "cosmetics_store_action",
        ):
            with self.subTest(name):
                action = self.env["ir.actions.act_window"]._for_xml_id(f"cosmetics_base.{name}")
                views = [(False, mode) for mode in action["view_mode"].split(",")]
                result = self.env[action["res_model"]].get_views([*views, (False, "search")])
                self.assertEqual(set(result["views"]), {*action["view_mode"].split(","), "search"})
                self.assertTrue(self.env[action["res_model"]].has_access("read"))

    def test_the_board_shows_every_stage(self):
        self._create_product()
        groups = self.env["product.template"].formatted_read_group([("cosmetic_kind", "!=", False)], ["lifecycle_stage_id"], ["__count"])
        self.assertTrue(groups)
        stages = self.env["product.template"]._read_group_lifecycle_stages(self.stage_sale, [])
        self.assertEqual(stages, self.env["cosmetics.lifecycle.stage"].search([]))
