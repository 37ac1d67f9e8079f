"""What the member manager may do, and what not."""

from odoo.addons.cosmetics_base.tests.common import CosmeticsCommon
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval


@tagged("post_install", "-at_install")
class TestRoles(CosmeticsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("test_member_manager", "cosmetics_crm.group_member_manager")
        cls.employee = cls._create_user("test_employee")

    def _create_program(self):
        """Return a points program with its rule and reward, made by the member manager."""
        return (
            self.env["loyalty.program"]
            .with_user(self.manager)
            .create({"name": "Test Points", "program_type": "loyalty", "trigger": "auto", "applies_on": "both"})
        )

    def test_manager_makes_changes_and_removes_a_points_program(self):
        program = self._create_program()
        program.name = "Double Points"
        self.assertEqual(program.name, "Double Points")
        program.active = False
        program.unlink()
        self.assertFalse(program.exists())

    def test_manager_gives_a_card_and_asks_for_a_correction_of_its_points(self):
        program = self._create_program()
        member = self.env["res.partner"].with_user(self.manager).create({"name": "Test Member", "phone": "13900000001"})
        card = self.env["loyalty.card"].with_user(self.manager).create({"program_id": program.id, "partner_id": member.id})
        wizard = self.env["loyalty.card.update.balance"].with_user(self.manager)
        wizard.create({"card_id": card.id, "new_balance": 30, "description": "Forgotten purchase"}).action_update_card_point()
        self.assertEqual(card.points, 0)
        adjustment = self.env["cosmetics.points.adjustment"].search([("card_id", "=", card.id)])
        self.assertEqual((adjustment.points, adjustment.state, adjustment.requested_by_id), (30, "waiting", self.manager))

    def test_manager_does_not_rewrite_or_remove_the_history_of_points(self):
        program = self._create_program()
        card = self.env["loyalty.card"].create({"program_id": program.id})
        card.points = 5
        history = card.history_ids
        self.assertEqual(history.issued, 5)
        with self.assertRaises(AccessError):
            history.with_user(self.manager).unlink()
        with self.assertRaises(AccessError):
            card.with_user(self.manager).unlink()

    def test_manager_issues_gift_cards(self):
        program = (
            self.env["loyalty.program"]
            .with_user(self.manager)
            .create({"name": "Test Gift Card", "program_type": "gift_card", "applies_on": "future", "trigger": "auto"})
        )
        wizard = self.env["loyalty.generate.wizard"].with_user(self.manager)
        wizard.create({"program_id": program.id, "coupon_qty": 3, "points_granted": 200}).generate_coupons()
        self.assertEqual(program.coupon_ids.mapped("points"), [200, 200, 200])

    def test_employee_without_a_role_reads_no_card(self):
        program = self._create_program()
        card = self.env["loyalty.card"].create({"program_id": program.id})
        with self.assertRaises(AccessError):
            card.with_user(self.employee).read(["points"])

    def test_manager_sees_the_whole_pipeline(self):
        lead = self.env["crm.lead"].create({"name": "Salon wants a sample set", "user_id": self.employee.id})
        self.assertIn(lead, self.env["crm.lead"].with_user(self.manager).search([("name", "=", lead.name)]))

    def test_the_list_of_members_holds_who_has_joined_and_nobody_else(self):
        person, member = self.env["res.partner"].create(
            [{"name": "Walk-in"}, {"name": "Test Member", "phone": "13900000002", "is_member": True}]
        )
        action = self.env.ref("cosmetics_crm.res_partner_action")
        members = self.env["res.partner"].with_user(self.manager).search(safe_eval(action.domain))
        self.assertIn(member, members)
        self.assertFalse((person + self.employee.partner_id) & members)

    def test_manager_changes_no_product(self):
        with self.assertRaises(AccessError):
            self._create_product().with_user(self.manager).list_price = 1

    def test_every_leaf_of_the_menu_names_its_groups(self):
        root = self.env.ref("cosmetics_crm.menu_root")
        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id), ("action", "!=", False)])
        self.assertGreater(len(menus), 8)
        self.assertFalse(menus.filtered(lambda menu: not menu.group_ids).mapped("complete_name"))
