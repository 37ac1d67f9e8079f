from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CosmeticsCommon

MASTER_MODELS = {
    "cosmetics.brand": {"name": "Any"},
    "cosmetics.efficacy": {"name": "Any", "code": "Z"},
    "cosmetics.skin.type": {"name": "Any"},
    "cosmetics.skin.concern": {"name": "Any"},
    "cosmetics.lifecycle.stage": {"name": "Any"},
}


@tagged("post_install", "-at_install")
class TestSecurity(CosmeticsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = cls._create_user("reader")
        cls.clerk = cls._create_user("clerk", "cosmetics_base.group_master_data")

    def test_every_user_reads_and_no_plain_user_edits_master_data(self):
        for model, vals in MASTER_MODELS.items():
            records = self.env[model].with_user(self.reader)
            with self.subTest(model):
                records.search([]).read(["name"])
                with self.assertRaises(AccessError):
                    records.create(vals)
                if record := records.search([], limit=1):
                    with self.assertRaises(AccessError):
                        record.name = "Mine"
                    with self.assertRaises(AccessError):
                        record.unlink()

    def test_master_data_users_edit_master_data(self):
        for model, vals in MASTER_MODELS.items():
            with self.subTest(model):
                record = self.env[model].with_user(self.clerk).create(vals)
                record.name = "Changed"
                record.unlink()
                self.assertFalse(record.exists())

    def test_a_plain_user_cannot_change_a_product(self):
        template = self._create_product().product_tmpl_id.with_user(self.reader)
        self.assertEqual(template.lifecycle_stage_id.with_user(self.reader), self.stage_sale)
        self.assertIsInstance(template.missing_fields, str)
        with self.assertRaises(AccessError):
            template.control_price = 1.0
        with self.assertRaises(AccessError):
            template.lifecycle_stage_id = self.stage_clearance

    def test_master_data_users_may_make_products(self):
        self.assertTrue(self.clerk.has_group("product.group_product_manager"))
        template = self.env["product.template"].with_user(self.clerk).create(self._prepare_product_vals())
        self.assertEqual(template.create_uid, self.clerk)

    def test_a_plain_user_may_check_the_life_cycle(self):
        self._create_product().with_user(self.reader)._check_lifecycle("can_sell")

    def test_the_log_of_another_company_is_hidden(self):
        company = self.env["res.company"].create({"name": "Another Company"})
        move = self._create_product(company_id=company.id).lifecycle_move_ids
        shared = self._create_product().lifecycle_move_ids
        seen = self.env["cosmetics.lifecycle.move"].with_user(self.reader).search([("id", "in", (move | shared).ids)])
        self.assertEqual(seen, shared)

    def test_master_data_rights_do_not_open_the_records_of_all_stores(self):
        self.assertFalse(self.clerk.has_group("cosmetics_base.group_all_stores"))
