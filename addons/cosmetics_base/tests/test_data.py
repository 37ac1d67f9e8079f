from odoo.tests import tagged

from ..hooks import NAMES, _name_records
from .common import CosmeticsCommon


@tagged("post_install", "-at_install")
class TestData(CosmeticsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.env["ir.module.module"].search([("name", "=", "cosmetics_base")])._update_translations(["zh_CN"])
        data = cls.env["ir.model.data"].search([("module", "=", "cosmetics_base"), ("model", "=", "product.category")])
        cls.categories = cls.env["product.category"].browse(data.mapped("res_id"))

    def test_the_catalogue_of_efficacies_is_whole(self):
        efficacies = self.env["cosmetics.efficacy"].search([])
        self.assertEqual(efficacies.mapped("code"), [*(f"{number:02d}" for number in range(1, 27)), "A"])
        self.assertEqual(efficacies.filtered("is_special").mapped("code"), ["01", "02", "03", "04", "05", "A"])

    def test_the_data_speak_chinese(self):
        expected = {
            "efficacy_03": "祛斑美白",
            "efficacy_a": "新功效",
            "skin_type_sensitive": "敏感性",
            "skin_concern_acne": "痘痘",
            "lifecycle_stage_introduction": "引入",
            "lifecycle_stage_promotion": "推广",
            "lifecycle_stage_sale": "销售",
            "lifecycle_stage_clearance": "清仓",
            "lifecycle_stage_delisted": "下架",
        }
        for name, chinese in expected.items():
            self.assertEqual(self.env.ref(f"cosmetics_base.{name}").with_context(lang="zh_CN").name, chinese)

    def test_the_stages_lead_where_trade_practice_does(self):
        promotion, sale, clearance, delisted = self.stage_promotion, self.stage_sale, self.stage_clearance, self.stage_delisted
        self.assertEqual(self.stage_introduction.next_stage_ids, promotion | sale | delisted)
        self.assertEqual(promotion.next_stage_ids, sale | clearance | delisted)
        self.assertEqual(sale.next_stage_ids, promotion | clearance | delisted)
        self.assertEqual(clearance.next_stage_ids, sale | delisted)
        self.assertEqual(delisted.next_stage_ids, self.stage_introduction)

    def test_the_categories_take_their_chinese_names_and_keep_changed_ones(self):
        cream = self.env.ref("cosmetics_base.category_skin_care_cream")
        toner = self.env.ref("cosmetics_base.category_skin_care_toner")
        cream.name = "Cream"
        toner.name = "化妆水"
        _name_records(self.env, "zh_CN")
        self.assertEqual(cream.complete_name, "护肤 / 面霜")
        self.assertEqual(toner.name, "化妆水")

    def test_every_category_has_a_name_to_translate(self):
        chinese = {name._translate("zh_CN") for name in NAMES}
        english = {name._translate("en_US") for name in NAMES}
        self.assertEqual(len(self.categories.filtered(lambda category: not category.parent_id)), 8)
        for category in self.categories:
            self.assertIn(category.name, chinese | english)
        self.assertFalse(chinese & english, "a name was left in English")

    def test_the_efficacy_codes_are_unique(self):
        self.assertEqual(len(set(self.env["cosmetics.efficacy"].search([]).mapped("code"))), 27)
