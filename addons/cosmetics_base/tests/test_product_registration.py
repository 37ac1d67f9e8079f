from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import CosmeticsCommon


@tagged("post_install", "-at_install")
class TestProductRegistration(CosmeticsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._create_user("clerk", "cosmetics_base.group_master_data")
        cls.env = cls.env(user=cls.user)
        cls.sunscreen_claim = cls.env.ref("cosmetics_base.efficacy_04")

    def test_a_number_is_stored_as_the_regulator_prints_it(self):
        product = self._create_product(registration_no=" 陕ｇ妆网备字 ２０２１００００01 ")
        self.assertEqual(product.registration_no, "陕G妆网备字2021000001")
        self.assertEqual(product.product_tmpl_id.registration_no, "陕G妆网备字2021000001")

    def test_brackets_become_full_width_on_the_template_and_the_variant(self):
        product = self._create_product()
        product.product_tmpl_id.registration_no = "国妆网备进字(沪)2026003870"
        self.assertEqual(product.registration_no, "国妆网备进字（沪）2026003870")
        self.assertEqual(product.product_tmpl_id.registration_no, "国妆网备进字（沪）2026003870")
        product.registration_no = "国妆网备进字(粤)2026003871"
        self.assertEqual(product.product_tmpl_id.registration_no, "国妆网备进字（粤）2026003871")

    def test_a_number_of_no_known_form_is_refused_with_an_example(self):
        with self.assertRaises(ValidationError) as caught:
            self._create_product(name="Rose Toner", registration_no="陕妆20220003")
        self.assertIn("Rose Toner", str(caught.exception))
        self.assertIn("陕妆20220003", str(caught.exception))
        self.assertIn("陕G妆网备字2021000001", str(caught.exception))

    def test_a_wrong_number_is_refused_on_a_write_to_either_record(self):
        product = self._create_product()
        with self.assertRaises(ValidationError):
            product.registration_no = "12345"
        with self.assertRaises(ValidationError):
            product.product_tmpl_id.registration_no = "12345"

    def test_ordinary_cosmetics_refuse_the_number_of_special_ones(self):
        with self.assertRaises(ValidationError) as caught:
            self._create_product(registration_no="国妆特字20210001")
        self.assertIn("国妆特字20210001", str(caught.exception))

    def test_special_cosmetics_refuse_a_filing_number(self):
        with self.assertRaises(ValidationError):
            self._create_product(cosmetic_kind="special", registration_no="陕G妆网备字2021000001")

    def test_special_cosmetics_take_a_special_number(self):
        product = self._create_product(cosmetic_kind="special", registration_no="国妆特字20210001")
        self.assertEqual(product.registration_no, "国妆特字20210001")

    def test_toothpaste_takes_its_own_number_only(self):
        product = self._create_product(cosmetic_kind="toothpaste", registration_no="粤国牙膏网备字2023404589")
        self.assertEqual(product.registration_no, "粤国牙膏网备字2023404589")
        with self.assertRaises(ValidationError):
            product.registration_no = "陕G妆网备字2021000001"

    def test_what_is_no_cosmetics_takes_no_number(self):
        with self.assertRaises(ValidationError):
            self._create_product(cosmetic_kind="other", registration_no="陕G妆网备字2021000001")
        with self.assertRaises(ValidationError):
            self._create_product(cosmetic_kind=False, lifecycle_stage_id=False, registration_no="陕G妆网备字2021000001")

    def test_the_kind_cannot_be_changed_against_the_number(self):
        product = self._create_product()
        with self.assertRaises(ValidationError):
            product.product_tmpl_id.cosmetic_kind = "special"

    def test_kind_and_number_can_be_changed_together(self):
        product = self._create_product()
        product.product_tmpl_id.write(
            {
                "cosmetic_kind": "special",
                "registration_no": "国妆特字20210001",
                "registration_expiry_on": fields.Date.today() + timedelta(days=100),
            }
        )
        self.assertEqual(product.registration_no, "国妆特字20210001")

    def test_variants_made_with_the_template_share_its_number(self):
        attribute = self.env["product.attribute"].create(
            {"name": "Shade", "value_ids": [Command.create({"name": "#01"}), Command.create({"name": "#02"})]}
        )
        template = self.env["product.template"].create(
            self._prepare_product_vals(
                attribute_line_ids=[
                    Command.create({"attribute_id": attribute.id, "value_ids": [Command.set(attribute.value_ids.ids)]}),
                ],
            )
        )
        self.assertEqual(len(template.product_variant_ids), 2)
        self.assertEqual(set(template.product_variant_ids.mapped("registration_no")), {"陕G妆网备字2021000001"})
        self.assertFalse(template.registration_no, "several variants have no common field")
        template.product_variant_ids[0].registration_no = "陕G妆网备字2021000002"
        self.assertEqual(template.product_variant_ids[1].registration_no, "陕G妆网备字2021000001")
        with self.assertRaises(ValidationError):
            template.registration_no = "陕G妆网备字2021000003"

    def test_a_copy_has_no_number_and_begins_its_life(self):
        copy = self._create_product().product_tmpl_id.copy()
        self.assertFalse(copy.registration_no)
        self.assertEqual(copy.lifecycle_stage_id, self.stage_introduction)

    def test_a_product_can_be_found_by_its_number(self):
        template = self._create_product(registration_no="陕G妆网备字2021777777").product_tmpl_id
        self.assertEqual(self.env["product.template"].search([("registration_no", "=", "陕G妆网备字2021777777")]), template)

    def test_a_variant_created_over_rpc_is_checked_too(self):
        vals = self._prepare_product_vals(registration_no="国妆网备进字(沪)2026003870")
        product = self.env["product.product"].create(vals)
        self.assertEqual(product.registration_no, "国妆网备进字（沪）2026003870")
        self.assertEqual(product.product_tmpl_id.registration_no, "国妆网备进字（沪）2026003870")
        with self.assertRaises(ValidationError):
            self.env["product.product"].create(self._prepare_product_vals(registration_no="国妆特字20210001"))
