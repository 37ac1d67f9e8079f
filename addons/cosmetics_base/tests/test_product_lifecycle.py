from datetime import date, timedelta

from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import CosmeticsCommon

TODAY = date(2026, 11, 23)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestProductLifecycle(CosmeticsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._create_user("clerk", "cosmetics_base.group_master_data")
        cls.env = cls.env(user=cls.user)
        cls.sunscreen = cls.env.ref("cosmetics_base.efficacy_04")

    def _create_template(self, **vals):
        return self._create_product(**vals).product_tmpl_id

    def _special_vals(self, **vals):
        return {
            "cosmetic_kind": "special",
            "registration_no": "国妆特字20210001",
            "registration_expiry_on": TODAY + timedelta(days=1),
            "efficacy_ids": [Command.set(self.sunscreen.ids)],
            "lifecycle_stage_id": self.stage_sale.id,
            **vals,
        }

    # Where a product begins

    def test_a_product_with_a_kind_begins_in_the_first_stage(self):
        template = self.env["product.template"].create({"name": "New Cream", "cosmetic_kind": "ordinary"})
        self.assertEqual(template.lifecycle_stage_id, self.stage_introduction)

    def test_a_product_without_a_kind_stands_outside_and_is_free(self):
        product = self.env["product.product"].create({"name": "Bag"})
        self.assertFalse(product.lifecycle_stage_id)
        for flag in ("can_sell", "can_purchase", "can_replenish"):
            product._check_lifecycle(flag)
        self.assertFalse(product.lifecycle_move_ids)

    def test_a_product_enters_the_life_cycle_when_it_gets_a_kind(self):
        template = self.env["product.template"].create({"name": "Bag"})
        template.cosmetic_kind = "other"
        self.assertEqual(template.lifecycle_stage_id, self.stage_introduction)
        self.assertEqual(template.lifecycle_move_ids.to_stage_id, self.stage_introduction)

    # Gates

    def test_no_promotion_and_no_sale_without_a_number(self):
        template = self._create_template(name="Rose Toner", registration_no=False, lifecycle_stage_id=self.stage_introduction.id)
        for stage in (self.stage_promotion, self.stage_sale):
            with self.assertRaises(ValidationError) as caught, self.cr.savepoint():
                template.lifecycle_stage_id = stage
            self.assertIn("Rose Toner", str(caught.exception))
            self.assertIn(stage.name, str(caught.exception))
            self.assertIn("陕G妆网备字2021000001", str(caught.exception))
        self.assertEqual(template.lifecycle_stage_id, self.stage_introduction)

    def test_a_product_cannot_be_created_on_sale_without_a_number(self):
        for model in ("product.template", "product.product"):
            with self.subTest(model), self.assertRaises(ValidationError), self.cr.savepoint():
                self.env[model].create(self._prepare_product_vals(registration_no=False))

    def test_number_and_stage_can_come_together(self):
        template = self._create_template(registration_no=False, lifecycle_stage_id=self.stage_introduction.id)
        template.write({"lifecycle_stage_id": self.stage_sale.id, "registration_no": "陕G妆网备字2021000001"})
        self.assertEqual(template.lifecycle_stage_id, self.stage_sale)

    def test_a_product_on_sale_cannot_lose_its_number(self):
        product = self._create_product()
        with self.assertRaises(ValidationError):
            product.registration_no = False

    def test_special_cosmetics_need_an_expiry_date_that_is_not_past(self):
        self.assertEqual(self._create_template(**self._special_vals()).lifecycle_stage_id, self.stage_sale)
        self.assertTrue(self._create_template(**self._special_vals(registration_expiry_on=TODAY)))
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self._create_template(**self._special_vals(registration_expiry_on=False))
        with self.assertRaises(ValidationError) as caught, self.cr.savepoint():
            self._create_template(**self._special_vals(registration_expiry_on=TODAY - timedelta(days=1)))
        self.assertIn("2026-11-22", str(caught.exception))

    def test_an_expired_registration_does_not_lock_the_product(self):
        template = self._create_template(**self._special_vals())
        with freeze_time(TODAY + timedelta(days=30)):
            template.list_price = 150.0
            template.lifecycle_stage_id = self.stage_clearance
        self.assertEqual(template.lifecycle_stage_id, self.stage_clearance)

    def test_toothpaste_needs_its_number_and_tools_need_none(self):
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self._create_template(cosmetic_kind="toothpaste", registration_no=False)
        tool = self._create_template(cosmetic_kind="other", lifecycle_stage_id=self.stage_sale.id)
        self.assertEqual(tool.lifecycle_stage_id, self.stage_sale)

    def test_a_tool_on_sale_cannot_become_cosmetics_without_a_number(self):
        tool = self._create_template(cosmetic_kind="other", lifecycle_stage_id=self.stage_sale.id)
        with self.assertRaises(ValidationError):
            tool.cosmetic_kind = "ordinary"

    def test_an_archived_product_does_not_slip_past_the_gate(self):
        template = self._create_template(registration_no=False, lifecycle_stage_id=self.stage_introduction.id)
        template.sudo().action_archive()  # with the stock app, core asks for rights on reordering rules
        with self.assertRaises(ValidationError):
            template.lifecycle_stage_id = self.stage_sale

    # Withdrawn categories

    def test_an_old_special_number_without_a_living_claim_may_not_be_sold(self):
        vals = self._special_vals(registration_no="国妆特字G20171234", efficacy_ids=False)
        for stage in (self.stage_promotion, self.stage_sale, self.stage_clearance):
            with self.subTest(stage.name), self.assertRaises(ValidationError), self.cr.savepoint():
                self._create_template(**{**vals, "lifecycle_stage_id": stage.id})
        kept = self._create_template(**{**vals, "lifecycle_stage_id": self.stage_delisted.id})
        self.assertEqual(kept.registration_no, "国妆特字G20171234")

    def test_an_old_special_number_with_a_living_claim_may_be_sold(self):
        template = self._create_template(**self._special_vals(registration_no="国妆特字G20171234"))
        self.assertEqual(template.lifecycle_stage_id, self.stage_sale)
        with self.assertRaises(ValidationError):
            template.efficacy_ids = [Command.clear()]

    def test_an_old_filing_of_imports_may_not_be_sold(self):
        with self.assertRaises(ValidationError) as caught:
            self._create_template(registration_no="国妆备进字J20152345", lifecycle_stage_id=self.stage_clearance.id)
        self.assertIn("国妆备进字J20152345", str(caught.exception))

    # Steps

    def test_only_the_allowed_steps_are_open(self):
        template = self._create_template()
        with self.assertRaises(ValidationError) as caught, self.cr.savepoint():
            template.lifecycle_stage_id = self.stage_introduction
        self.assertIn("Clearance", str(caught.exception))
        template.lifecycle_stage_id = self.stage_clearance
        template.lifecycle_stage_id = self.stage_delisted
        with self.assertRaises(ValidationError), self.cr.savepoint():
            template.lifecycle_stage_id = self.stage_sale
        template.lifecycle_stage_id = self.stage_introduction
        self.assertEqual(template.lifecycle_stage_id, self.stage_introduction)

    def test_every_seeded_step_works_and_no_other(self):
        stages = self.env["cosmetics.lifecycle.stage"].search([])
        for from_stage in stages:
            for to_stage in stages - from_stage:
                template = self._create_template(lifecycle_stage_id=from_stage.id)
                with self.subTest(f"{from_stage.name} to {to_stage.name}"):
                    if to_stage in from_stage.next_stage_ids:
                        template.lifecycle_stage_id = to_stage
                        self.assertEqual(template.lifecycle_stage_id, to_stage)
                    else:
                        with self.assertRaises(ValidationError), self.cr.savepoint():
                            template.lifecycle_stage_id = to_stage

    def test_the_stage_cannot_be_emptied(self):
        template = self._create_template()
        with self.assertRaises(ValidationError):
            template.lifecycle_stage_id = False

    def test_a_write_on_the_variant_passes_the_same_gates(self):
        product = self._create_product(registration_no=False, lifecycle_stage_id=self.stage_introduction.id)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            product.write({"lifecycle_stage_id": self.stage_sale.id})
        product = self._create_product()
        with self.assertRaises(ValidationError), self.cr.savepoint():
            product.write({"lifecycle_stage_id": self.stage_introduction.id})
        product.write({"lifecycle_stage_id": self.stage_clearance.id})
        self.assertEqual(product.lifecycle_move_ids[0].to_stage_id, self.stage_clearance)

    # What the stages allow

    def test_the_stages_allow_what_the_trade_expects(self):
        expected = {
            self.stage_introduction: (True, False, False),
            self.stage_promotion: (True, True, True),
            self.stage_sale: (True, True, True),
            self.stage_clearance: (False, True, False),
            self.stage_delisted: (False, False, False),
        }
        for stage, flags in expected.items():
            product = self._create_product(lifecycle_stage_id=stage.id)
            for flag, allowed in zip(("can_purchase", "can_sell", "can_replenish"), flags, strict=True):
                with self.subTest(stage=stage.name, flag=flag):
                    if allowed:
                        product._check_lifecycle(flag)
                    else:
                        with self.assertRaises(ValidationError):
                            product._check_lifecycle(flag)

    def test_only_the_forbidden_products_are_named(self):
        allowed = self._create_product(name="Good Cream")
        forbidden = self._create_product(name="Old Cream", lifecycle_stage_id=self.stage_delisted.id)
        also = self._create_product(name="Older Cream", lifecycle_stage_id=self.stage_delisted.id)
        with self.assertRaises(ValidationError) as caught:
            (allowed | forbidden | also)._check_lifecycle("can_sell")
        self.assertIn("Old Cream (Delisted)", str(caught.exception))
        self.assertIn("Older Cream", str(caught.exception))
        self.assertNotIn("Good Cream", str(caught.exception))

    def test_a_shade_added_later_without_a_number_is_not_sold(self):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Shade",
                "value_ids": [Command.create({"name": "#01"}), Command.create({"name": "#02"}), Command.create({"name": "#03"})],
            }
        )
        line = {"attribute_id": attribute.id, "value_ids": [Command.set(attribute.value_ids[:2].ids)]}
        template = self.env["product.template"].create(self._prepare_product_vals(attribute_line_ids=[Command.create(line)]))
        template.attribute_line_ids.value_ids = [Command.link(attribute.value_ids[2].id)]
        new = template.product_variant_ids.filtered(lambda product: not product.registration_no)
        self.assertEqual(len(new), 1)
        (template.product_variant_ids - new)._check_lifecycle("can_sell")
        with self.assertRaises(ValidationError):
            new._check_lifecycle("can_sell")
        new.registration_no = "陕G妆网备字2021000009"
        new._check_lifecycle("can_sell")

    def test_the_switches_of_core_stay_with_the_user(self):
        template = self._create_template()
        template.lifecycle_stage_id = self.stage_clearance
        self.assertTrue(template.sale_ok)
        self.assertTrue(template.purchase_ok)
