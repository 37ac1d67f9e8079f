from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CosmeticsCommon


@tagged("post_install", "-at_install")
class TestProductCompleteness(CosmeticsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._create_user("clerk", "cosmetics_base.group_master_data")
        cls.registrant = cls.env["res.partner"].create({"name": "Factory"})
        cls.env = cls.env(user=cls.user)

    def _complete_vals(self, **vals):
        return {
            "brand_id": self._create_brand().id,
            "categ_id": self.env.ref("cosmetics_base.category_skin_care_cream").id,
            "barcode": "6999000000018",
            "tax_category_code": "1070223010000000000",
            "registrant_id": self.registrant.id,
            "standard_no": "QB/T 1857",
            "ingredients": "水、甘油",
            "efficacy_ids": [Command.set(self.env.ref("cosmetics_base.efficacy_11").ids)],
            **vals,
        }

    def test_a_product_with_everything_scores_100(self):
        template = self._create_product(**self._complete_vals()).product_tmpl_id
        self.assertEqual(template.missing_fields, "")
        self.assertEqual(template.completeness, 100)

    def test_each_missing_field_is_named_and_costs_points(self):
        template = self._create_product(**self._complete_vals(standard_no=False, barcode=False)).product_tmpl_id
        self.assertEqual(template._get_missing_field_names(), ["barcode", "standard_no"])
        self.assertEqual(template.completeness, round(100 * 13 / 15))
        self.assertIn("Barcode", template.missing_fields)
        self.assertIn("Executed Standard", template.missing_fields)

    def test_the_missing_fields_are_named_in_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"].sudo().search([("name", "=", "cosmetics_base")])._update_translations(["zh_CN"])
        template = self._create_product(**self._complete_vals(standard_no=False)).product_tmpl_id
        self.assertEqual(template.with_context(lang="zh_CN").missing_fields, "执行标准")
        self.assertEqual(template.with_context(lang="en_US").missing_fields, "Executed Standard")

    def test_the_score_follows_the_variant(self):
        product = self._create_product(**self._complete_vals())
        product.barcode = False
        self.assertLess(product.product_tmpl_id.completeness, 100)
        product.barcode = "6999000000018"
        self.assertEqual(product.product_tmpl_id.completeness, 100)

    def test_special_cosmetics_also_need_the_expiry_date(self):
        template = self._create_product(
            **self._complete_vals(
                cosmetic_kind="special",
                registration_no="国妆特字20210001",
                registration_expiry_on=False,
                lifecycle_stage_id=self.stage_introduction.id,
                efficacy_ids=[Command.set(self.env.ref("cosmetics_base.efficacy_04").ids)],
            )
        ).product_tmpl_id
        self.assertEqual(template._get_missing_field_names(), ["registration_expiry_on"])

    def test_imported_cosmetics_also_need_the_responsible_person(self):
        template = self._create_product(**self._complete_vals(registration_no="国妆网备进字（沪）2026003870")).product_tmpl_id
        self.assertEqual(template._get_missing_field_names(), ["responsible_partner_id"])
        template.responsible_partner_id = self.registrant
        self.assertEqual(template.completeness, 100)

    def test_tools_need_no_registration(self):
        names = self._create_product(cosmetic_kind="other", item_class="tool").product_tmpl_id._get_missing_field_names()
        self.assertNotIn("registration_no", names)
        self.assertNotIn("ingredients", names)
        self.assertIn("brand_id", names)

    def test_every_variant_counts(self):
        attribute = self.env["product.attribute"].create(
            {"name": "Shade", "value_ids": [Command.create({"name": "#01"}), Command.create({"name": "#02"})]}
        )
        vals = self._complete_vals(
            barcode=False,
            attribute_line_ids=[Command.create({"attribute_id": attribute.id, "value_ids": [Command.set(attribute.value_ids.ids)]})],
        )
        template = self.env["product.template"].create(self._prepare_product_vals(**vals))
        template.product_variant_ids[0].barcode = "6999000000018"
        self.assertEqual(template._get_missing_field_names(), ["barcode"])
        template.product_variant_ids[1].barcode = "6999000000025"
        self.assertEqual(template.completeness, 100)

    def test_incomplete_products_can_be_found(self):
        complete = self._create_product(**self._complete_vals()).product_tmpl_id
        incomplete = self._create_product(name="Incomplete").product_tmpl_id
        found = self.env["product.template"].search([("completeness", "<", 100), ("cosmetic_kind", "!=", False)])
        self.assertIn(incomplete, found)
        self.assertNotIn(complete, found)

    def test_nobody_types_a_score(self):
        """Core protects a computed field in views alone; RPC and imports would keep what they bring."""
        template = self.env["product.template"].create({"name": "面霜", "completeness": 100})
        self.assertLess(template.completeness, 100)
        with self.assertRaisesRegex(UserError, "Completeness.* cannot be entered: the system writes it"):
            template.write({"completeness": 100})
