"""Who keeps loyalty programs keeps no products, and makes programs all the same; the product master stays closed."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common_members import MANAGER
from .common_points import PointsCommon

KINDS = ("loyalty", "coupons", "next_order_coupons", "gift_card", "ewallet", "promotion", "promo_code", "buy_x_get_y")


@tagged("post_install", "-at_install")
class TestLoyaltyReward(PointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.programs = cls.env["loyalty.program"].with_user(cls.manager)
        cls.cream = cls._create_product(name="Cream")

    def _make(self, kind="loyalty"):
        """Return a program made by the form, with the reward that the form proposes."""
        form = Form(self.programs)
        form.name = "Test Program"
        form.program_type = kind
        return form.save()

    def test_manager_has_no_right_to_products(self):
        self.assertFalse(self.env["product.product"].with_user(self.manager).has_access("create"))
        self.assertTrue(self.manager.has_group(MANAGER))

    def test_manager_makes_a_program_of_every_kind(self):
        for kind in KINDS:
            with self.subTest(kind=kind):
                self.assertTrue(self._make(kind).reward_ids)

    def test_product_of_a_reward_is_nothing_that_is_sold(self):
        product = self._make().reward_ids.sudo().discount_line_product_id
        self.assertEqual((product.type, product.sale_ok, product.purchase_ok, product.lst_price), ("service", False, False, 0))

    def test_new_reward_of_an_old_program_has_its_product(self):
        program = self._make()
        vals = {"reward_type": "discount", "discount": 5, "discount_mode": "percent", "required_points": 50}
        program.write({"reward_ids": [(0, 0, vals)]})
        self.assertEqual(len(program.reward_ids.discount_line_product_id), 2)

    def test_name_of_a_reward_reaches_its_product(self):
        reward = self._make().reward_ids
        reward.description = "满百减十"
        self.assertEqual(reward.discount_line_product_id.name, "满百减十")

    def test_program_and_its_product_are_archived_and_come_back(self):
        program = self._make()
        product = program.reward_ids.discount_line_product_id
        program.action_archive()
        self.assertEqual((program.active, product.active), (False, False))
        program.action_unarchive()
        self.assertEqual((program.active, product.active, program.reward_ids.mapped("active")), (True, True, [True]))

    def test_reward_renames_no_product_of_the_master(self):
        reward = self._make().reward_ids
        reward.discount_line_product_id = self.cream
        with self.assertRaisesRegex(UserError, "Cream is a product of the product master"):
            reward.description = "My Cream"
        self.assertEqual(self.cream.name, "Cream")

    def test_program_archives_no_product_of_the_master(self):
        program = self._make()
        program.reward_ids.discount_line_product_id = self.cream
        with self.assertRaisesRegex(UserError, "product master"):
            program.action_archive()
        self.assertTrue(self.cream.active)

    def test_other_values_written_together_are_written(self):
        program = self._make()
        program.write({"active": False, "name": "Old"})
        reward = program.with_context(active_test=False).reward_ids
        reward.write({"description": "X", "required_points": 7})
        self.assertEqual((program.name, reward.required_points), ("Old", 7))

    def test_who_keeps_no_programs_makes_no_reward(self):
        program = self._make()
        stranger = self._create_user("test_stranger")
        with self.assertRaises(AccessError):
            program.reward_ids.with_user(stranger).description = "X"
        with self.assertRaises(AccessError):
            program.with_user(stranger).active = False
