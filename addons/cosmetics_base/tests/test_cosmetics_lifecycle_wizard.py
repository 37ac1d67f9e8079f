from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import CosmeticsCommon


@tagged("post_install", "-at_install")
class TestCosmeticsLifecycleWizard(CosmeticsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._create_user("clerk", "cosmetics_base.group_master_data")
        cls.reader = cls._create_user("reader")
        cls.env = cls.env(user=cls.user)

    def _open(self, templates):
        action = templates.action_move_lifecycle()
        return Form(self.env[action["res_model"]].with_context(**action["context"]))

    def test_the_wizard_moves_and_logs_the_reason(self):
        template = self._create_product().product_tmpl_id
        form = self._open(template)
        form.stage_id = self.stage_clearance
        form.reason = "End of season"
        form.save().action_confirm()
        self.assertEqual(template.lifecycle_stage_id, self.stage_clearance)
        self.assertEqual(template.lifecycle_move_ids[0].reason, "End of season")

    def test_the_reason_is_required(self):
        form = self._open(self._create_product().product_tmpl_id)
        form.stage_id = self.stage_clearance
        with self.assertRaises(AssertionError):
            form.save()

    def test_only_common_next_stages_are_offered(self):
        on_sale = self._create_product().product_tmpl_id
        new = self._create_product(lifecycle_stage_id=self.stage_introduction.id).product_tmpl_id
        wizard = self.env["cosmetics.lifecycle.wizard"].create(
            {"product_tmpl_ids": [(6, 0, (on_sale | new).ids)], "stage_id": self.stage_delisted.id, "reason": "Test"}
        )
        self.assertEqual(wizard.allowed_stage_ids, self.stage_promotion | self.stage_delisted)

    def test_the_wizard_takes_the_products_ticked_in_the_list(self):
        templates = self._create_product().product_tmpl_id | self._create_product().product_tmpl_id
        context = {"active_model": "product.template", "active_ids": templates.ids}
        form = Form(self.env["cosmetics.lifecycle.wizard"].with_context(**context))
        self.assertEqual(form.product_tmpl_ids.ids, templates.ids)

    def test_the_wizard_passes_the_gates_of_the_product(self):
        template = self._create_product(registration_no=False, lifecycle_stage_id=self.stage_introduction.id).product_tmpl_id
        form = self._open(template)
        form.stage_id = self.stage_sale
        form.reason = "Launch"
        with self.assertRaises(ValidationError):
            form.save().action_confirm()

    def test_a_variant_opens_the_wizard_of_its_product(self):
        product = self._create_product()
        self.assertEqual(product.action_move_lifecycle()["context"], {"default_product_tmpl_ids": product.product_tmpl_id.ids})

    def test_a_reader_cannot_use_the_wizard(self):
        template = self._create_product().product_tmpl_id
        with self.assertRaises(AccessError):
            self.env["cosmetics.lifecycle.wizard"].with_user(self.reader).create(
                {"product_tmpl_ids": [(6, 0, template.ids)], "stage_id": self.stage_clearance.id, "reason": "No right"}
            )
