"""Points that were not there: on a list until a manager decides."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TillPointsCommon


@tagged("post_install", "-at_install")
class TestCosmeticsPointsConflict(TillPointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member_manager = cls._create_user("test_members", "cosmetics_crm.group_member_manager")
        cls.approver = cls._create_user("test_approver", "cosmetics_crm.group_points_approver")
        cls.store.manager_id = cls.manager
        cls.store.user_ids = cls.clerk + cls.manager

    def _overspend(self):
        """Spend 5,000 points of a card that has 3,000 by then; return the conflict."""
        self._give(3000)
        order = self._sell(self._prepare_line(self.product), self._prepare_reward(5000))
        return order.points_conflict_ids

    def _decide(self, user, conflict, decision, note="Because"):
        wizard = self.env["cosmetics.points.conflict.decision"].with_user(user)
        wizard.create({"conflict_id": conflict.id, "decision": decision, "note": note}).action_confirm()

    def test_offline_till_goes_negative(self):
        """The known hole: a till without a connection spends what is gone. The card stops at zero, the rest is listed."""
        conflict = self._overspend()
        self.assertEqual((self.card.points, self.card.points_debt), (50, 0))
        self.assertEqual((conflict.kind, conflict.points, conflict.value, conflict.state), ("missing", 2000, 20, "open"))
        self.assertEqual((conflict.card_id, conflict.partner_id, conflict.store_id), (self.card, self.member, self.store))
        self.assertEqual(self._differences(), [])

    def test_two_tills_that_spend_the_same_points_list_the_second_one(self):
        self._give(5000)
        tickets = [self._prepare_ticket(self._prepare_line(self.product), self._prepare_reward(5000)) for _till in range(2)]
        first, second = self._send(*tickets)
        self.assertFalse(first.points_conflict_ids)
        # What the first sale earned is there when the second one comes.
        self.assertEqual(second.points_conflict_ids.points, 5000 - 50)

    def test_sale_that_arrives_again_lists_nothing_twice(self):
        conflict = self._overspend()
        conflict.order_id._post_points()
        self.assertEqual(conflict.order_id.points_conflict_ids, conflict)

    def test_manager_of_the_store_is_asked(self):
        self.assertEqual(self._overspend().activity_ids.user_id, self.manager)

    def test_card_owes_the_points_when_the_store_manager_says_so(self):
        conflict = self._overspend()
        self._decide(self.manager, conflict, "debt")
        self.assertEqual((self.card.points, self.card.points_debt), (0, 1950))
        self.assertEqual((conflict.state, conflict.settlement, conflict.decided_by_id), ("settled", "debt", self.manager))
        self.assertEqual(self._differences(), [])

    def test_member_who_paid_owes_nothing(self):
        conflict = self._overspend()
        self._decide(self.member_manager, conflict, "paid")
        self.assertEqual((conflict.state, conflict.settlement, self.card.points_debt), ("settled", "paid", 0))

    def test_decision_is_made_once(self):
        conflict = self._overspend()
        self._decide(self.manager, conflict, "debt")
        with self.assertRaisesRegex(UserError, "decided this already"):
            self._decide(self.manager, conflict, "debt")
        self.assertEqual(self.card.points_debt, 1950)

    def test_store_manager_waives_up_to_the_limit_of_the_company(self):
        conflict = self._overspend()
        with self.assertRaisesRegex(UserError, "points approver"):
            self._decide(self.manager, conflict, "waive")
        self.env.company.points_adjust_limit = 2000
        self._decide(self.manager, conflict, "waive")
        self.assertEqual((conflict.state, self.card.points_debt), ("waived", 0))

    def test_approver_waives_more_and_says_why(self):
        conflict = self._overspend()
        with self.assertRaisesRegex(UserError, "why"):
            self._decide(self.approver, conflict, "waive", note="")
        self._decide(self.approver, conflict, "waive")
        self.assertEqual((conflict.state, conflict.note), ("waived", "Because"))

    def test_who_sold_does_not_waive(self):
        conflict = self._overspend()
        conflict.order_id.user_id = self.approver
        with self.assertRaisesRegex(UserError, "Who sold"):
            self._decide(self.approver, conflict, "waive")

    def test_points_of_somebody_else_stay_and_are_listed(self):
        other = self._create_member("Other", "13912345670")
        card = self.env["loyalty.card"].create({"program_id": self.program.id, "partner_id": other.id})
        self._give(5000, card)
        order = self._sell(self._prepare_line(self.product), self._prepare_reward(5000, card=card))
        self.assertEqual((card.points, order.points_spent), (5000, 0))
        self.assertEqual((order.points_conflict_ids.kind, order.points_conflict_ids.value), ("foreign", 50))

    def test_more_than_points_may_pay_is_listed(self):
        self.program.points_redeem_cap = 30
        self._give(6000)
        order = self._sell(self._prepare_line(self.product), self._prepare_reward(5000))
        self.assertEqual((order.points_conflict_ids.kind, order.points_conflict_ids.value), ("cap", 20))
        within = self._sell(self._prepare_line(self.product), self._prepare_reward(1000))
        self.assertFalse(within.points_conflict_ids)

    def test_more_than_points_may_pay_is_waived_by_an_approver_only(self):
        self.program.points_redeem_cap = 30
        self._give(6000)
        conflict = self._sell(self._prepare_line(self.product), self._prepare_reward(5000)).points_conflict_ids
        with self.assertRaisesRegex(UserError, "points approver"):
            self._decide(self.manager, conflict, "waive")
        self._decide(self.approver, conflict, "waive")
        self.assertEqual(conflict.state, "waived")

    def test_what_has_no_points_cannot_be_charged(self):
        self.program.points_redeem_cap = 30
        self._give(6000)
        order = self._sell(self._prepare_line(self.product), self._prepare_reward(5000))
        with self.assertRaisesRegex(UserError, "to charge"):
            self._decide(self.manager, order.points_conflict_ids, "debt")

    def test_nobody_writes_or_removes_a_conflict(self):
        conflict = self._overspend()
        for user in (self.manager, self.member_manager, self.approver):
            with self.assertRaises(AccessError):
                conflict.with_user(user).state = "waived"
            with self.assertRaises(AccessError):
                conflict.with_user(user).unlink()
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            conflict.unlink()

    def test_clerk_sees_no_list_and_other_shops_and_companies_see_none_of_it(self):
        conflict = self._overspend()
        with self.assertRaises(AccessError):
            conflict.with_user(self.clerk).read(["points"])
        stranger = self._create_user("test_other_manager", "cosmetics_sales_pos.group_store_manager")
        self.assertFalse(self.env["cosmetics.points.conflict"].with_user(stranger).search([]))
        company = self.env["res.company"].create({"name": "Other Company"})
        abroad = self._create_user(
            "test_abroad", "cosmetics_crm.group_points_approver", company_id=company.id, company_ids=[(6, 0, company.ids)]
        )
        self.assertFalse(self.env["cosmetics.points.conflict"].with_user(abroad).search([]))
        self.assertEqual(self.env["cosmetics.points.conflict"].with_user(self.member_manager).search([]), conflict)

    def test_managers_open_the_list_with_all_its_fields(self):
        conflict = self._overspend()
        for user in (self.manager, self.member_manager):
            mine = conflict.with_user(user)
            for view_type in ("list", "form"):
                names = mine.get_view(view_type=view_type)["models"][mine._name]
                self.assertEqual(mine.web_read({name: {} for name in names})[0]["points"], 2000)
