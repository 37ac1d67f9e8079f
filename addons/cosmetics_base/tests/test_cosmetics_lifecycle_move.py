from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import CosmeticsCommon


@tagged("post_install", "-at_install")
class TestCosmeticsLifecycleMove(CosmeticsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._create_user("clerk", "cosmetics_base.group_master_data")
        cls.manager = cls._create_user("boss", "base.group_system", "cosmetics_base.group_master_data")
        cls.env = cls.env(user=cls.user)

    def test_a_move_is_logged_with_who_when_from_to_and_why(self):
        template = self._create_product().product_tmpl_id
        before = fields.Datetime.now()
        template.write({"lifecycle_stage_id": self.stage_clearance.id, "lifecycle_reason": "Pack is being replaced"})
        move = template.lifecycle_move_ids[0]
        self.assertEqual(move.user_id, self.user)
        self.assertGreaterEqual(move.moved_at, before)
        self.assertEqual((move.from_stage_id, move.to_stage_id), (self.stage_sale, self.stage_clearance))
        self.assertEqual(move.reason, "Pack is being replaced")
        self.assertEqual(move.product_name, template.display_name)

    def test_a_new_product_is_logged_once(self):
        template = self._create_product().product_tmpl_id
        self.assertEqual(len(template.lifecycle_move_ids), 1)
        self.assertFalse(template.lifecycle_move_ids.from_stage_id)
        self.assertEqual(template.lifecycle_move_ids.to_stage_id, self.stage_sale)
        self.assertEqual(template.lifecycle_move_ids.reason, "New product")

    def test_a_direct_write_is_logged_too(self):
        templates = self.env["product.template"].create([self._prepare_product_vals(name=f"Cream {n}") for n in range(3)])
        templates.write({"lifecycle_stage_id": self.stage_clearance.id})
        for template in templates:
            self.assertEqual(template.lifecycle_move_ids[0].to_stage_id, self.stage_clearance)
            self.assertTrue(template.lifecycle_move_ids[0].reason)
            self.assertEqual(len(template.lifecycle_move_ids), 2)

    def test_writing_the_same_stage_or_other_fields_logs_nothing(self):
        template = self._create_product().product_tmpl_id
        template.write({"lifecycle_stage_id": self.stage_sale.id})
        template.write({"list_price": 120.0, "lifecycle_reason": "no move"})
        self.assertEqual(len(template.lifecycle_move_ids), 1)

    def test_a_refused_move_leaves_no_trace(self):
        template = self._create_product().product_tmpl_id
        with self.assertRaises(UserError), self.cr.savepoint():
            template.lifecycle_stage_id = self.stage_introduction
        template.invalidate_recordset()
        self.assertEqual(template.lifecycle_stage_id, self.stage_sale)
        self.assertEqual(len(template.lifecycle_move_ids), 1)

    def test_nobody_changes_the_log(self):
        move = self._create_product().lifecycle_move_ids
        for user in (self.user, self.manager):
            with self.subTest(user.login), self.assertRaises(UserError):
                move.with_user(user).write({"reason": "changed"})
        with self.assertRaises(UserError):
            move.sudo().write({"reason": "changed"})
        self.assertEqual(move.reason, "New product")
        self.assertTrue(move.browse().write({"reason": "nothing is changed"}))

    def test_nobody_deletes_from_the_log(self):
        move = self._create_product().lifecycle_move_ids
        for user in (self.user, self.manager):
            with self.subTest(user.login), self.assertRaises(UserError):
                move.with_user(user).unlink()
        with self.assertRaises(UserError):
            move.sudo().unlink()
        self.assertTrue(move.exists())

    def test_nobody_writes_entries_by_hand(self):
        product = self._create_product()
        vals = {
            "product_name": "Forged",
            "product_tmpl_id": product.product_tmpl_id.id,
            "to_stage_id": self.stage_sale.id,
            "reason": "Forged",
        }
        for user in (self.user, self.manager):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["cosmetics.lifecycle.move"].with_user(user).create(vals)

    def test_the_log_cannot_be_changed_through_the_product(self):
        template = self._create_product().product_tmpl_id
        move = template.lifecycle_move_ids
        with self.assertRaises(UserError):
            template.write({"lifecycle_move_ids": [(1, move.id, {"reason": "changed"})]})
        with self.assertRaises(UserError):
            template.write({"lifecycle_move_ids": [(2, move.id)]})

    def test_the_log_outlives_the_product(self):
        template = self._create_product(name="Short Lived").product_tmpl_id
        move = template.lifecycle_move_ids
        template.unlink()
        self.assertTrue(move.exists())
        self.assertFalse(move.product_tmpl_id)
        self.assertIn("Short Lived", move.product_name)

    def test_a_stage_with_a_history_cannot_be_deleted(self):
        stage = self.env["cosmetics.lifecycle.stage"].create({"name": "Trial", "sequence": 99})
        self._create_product(lifecycle_stage_id=stage.id)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            stage.unlink()
