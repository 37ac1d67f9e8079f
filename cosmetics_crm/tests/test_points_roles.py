"""Who does what with points: adviser, store's approver, approver of all, the books, another company."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common_points import PointsCommon

LEDGER = ("cosmetics.points.move", "cosmetics.points.batch", "cosmetics.points.difference", "cosmetics.points.adjustment")
STEPS = ("action_submit", "action_approve", "action_refuse", "action_view_card")


@tagged("post_install", "-at_install")
class TestPointsRoles(PointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.store, cls.other_store = cls._create_store("Test Shop A"), cls._create_store("Test Shop B")
        cls.adviser = cls._create_user("test_points_adviser", "cosmetics_crm.group_member_adviser")
        cls.colleague = cls._create_user("test_points_colleague", "cosmetics_crm.group_member_adviser")
        cls.leader = cls._create_user("test_points_leader", "cosmetics_crm.group_points_store_approver")
        cls.books = cls._create_user("test_points_books", "account.group_account_readonly")
        cls.employee = cls._create_user("test_points_employee")
        for user in (cls.adviser, cls.colleague, cls.leader):
            cls._assign_stores(user, cls.store)
        cls.env.company.points_adjust_limit = 50
        cls.card.partner_id.member_store_id = cls.store
        cls.far_card = cls._create_card(partner_id=cls._create_member("Test Far Member", cls.other_store).id)

    @classmethod
    def _create_member(cls, name, store):
        return cls.env["res.partner"].create({"name": name, "member_store_id": store.id})

    def _ask(self, user, points=30, card=None, **vals):
        model = self.env["cosmetics.points.adjustment"].with_user(user)
        return model.create({"card_id": (card or self.card).id, "points": points, "reason": "Not scanned", **vals})

    def _waiting(self, user=None, points=30, card=None):
        """Return what somebody asked for and nobody has decided about."""
        adjustment = self._ask(user or self.adviser, points, card)
        adjustment.sudo().state = "waiting"
        return adjustment

    # ------------------------------------------------------------------ adviser
    def test_adviser_asks_from_the_page_of_the_member(self):
        action = self.card.partner_id.with_user(self.adviser).action_adjust_points()
        form = Form(self.env[action["res_model"]].with_user(self.adviser).with_context(**action["context"]))
        form.points, form.reason = 12, "Forgotten card"
        adjustment = form.save()
        adjustment.action_submit()
        self.assertEqual((adjustment.card_id, adjustment.state, adjustment.requested_by_id), (self.card, "waiting", self.adviser))

    def test_adviser_gives_not_one_point_without_a_second_person(self):
        adjustment = self._ask(self.adviser, 0.01)
        adjustment.action_submit()
        self.assertEqual((adjustment.state, self.card.points), ("waiting", 0))

    def test_adviser_sees_own_requests_and_nobody_else_s(self):
        mine, other = self._ask(self.adviser), self._ask(self.colleague)
        self.assertEqual(self.env["cosmetics.points.adjustment"].with_user(self.adviser).search([]), mine)
        with self.assertRaises(AccessError):
            other.with_user(self.adviser).read(["points"])

    def test_adviser_does_not_ask_for_members_of_other_stores(self):
        with self.assertRaises(AccessError):
            self._ask(self.adviser, card=self.far_card)

    def test_adviser_asks_for_an_own_member_of_another_store(self):
        self.far_card.partner_id.adviser_id = self.adviser
        self.assertEqual(self._ask(self.adviser, card=self.far_card).state, "draft")

    def test_adviser_does_not_move_a_draft_to_a_member_of_another_store(self):
        draft = self._ask(self.adviser)
        with self.assertRaises(AccessError):
            draft.card_id = self.far_card
            draft.action_submit()

    def test_adviser_removes_an_own_draft(self):
        draft = self._ask(self.adviser)
        draft.unlink()
        self.assertFalse(draft.exists())

    def test_adviser_reads_neither_cards_nor_the_ledger(self):
        for model in LEDGER[:3]:
            self.assertFalse(self.env[model].with_user(self.adviser).has_access("read"), model)
        # Cards of stored value are the only ones.
        self.assertFalse(self.env["loyalty.card"].with_user(self.adviser).search([("in_ledger", "=", True)]))
        with self.assertRaises(AccessError):
            self.card.with_user(self.adviser).points  # noqa: B018 - reading is what is refused

    def test_adviser_does_not_approve(self):
        with self.assertRaises(AccessError):
            self._waiting().action_approve()

    def test_member_without_a_card_has_no_points_to_adjust(self):
        member = self._create_member("Test New Member", self.store)
        with self.assertRaisesRegex(UserError, "no card"):
            member.with_user(self.adviser).action_adjust_points()

    # ------------------------------------------------------------------ store's approver
    def test_store_s_approver_agrees_up_to_the_limit(self):
        adjustment = self._waiting(points=50).with_user(self.leader)
        self.assertTrue(adjustment.may_decide)
        adjustment.action_approve()
        self.assertEqual((adjustment.state, adjustment.approved_by_id, self.card.points), ("done", self.leader, 50))

    def test_store_s_approver_decides_about_nothing_above_the_limit(self):
        for points in (50.01, -50.01):
            adjustment = self._waiting(points=points).with_user(self.leader)
            self.assertFalse(adjustment.may_decide)
            for step in ("action_approve", "action_refuse"):
                with self.assertRaises(AccessError):
                    getattr(adjustment, step)()
        self.assertFalse(self.card.points_move_ids)

    def test_store_s_approver_refuses(self):
        adjustment = self._waiting().with_user(self.leader)
        adjustment.action_refuse()
        self.assertEqual((adjustment.state, self.card.points), ("refused", 0))

    def test_store_s_approver_decides_about_members_of_the_store_only(self):
        far = self._waiting(self.manager, card=self.far_card).with_user(self.leader)
        self.assertFalse(self.env["cosmetics.points.adjustment"].with_user(self.leader).search([("id", "=", far.id)]))
        with self.assertRaises(AccessError):
            far.action_approve()

    def test_store_s_approver_who_also_reads_the_books_stays_with_the_store(self):
        self.leader.group_ids += self.env.ref("account.group_account_readonly")
        far = self._waiting(self.manager, card=self.far_card).with_user(self.leader)
        self.assertEqual(far.points, 30)
        with self.assertRaises(AccessError):
            far.action_approve()

    def test_store_s_approver_who_advises_approves_no_wish_of_their_own(self):
        self.leader.group_ids += self.env.ref("cosmetics_crm.group_member_adviser")
        adjustment = self._waiting(self.leader)
        self.assertFalse(adjustment.may_decide)
        with self.assertRaisesRegex(UserError, "own"):
            adjustment.action_approve()

    def test_one_too_large_stops_all_of_a_choice(self):
        small, large = self._waiting(points=5), self._waiting(points=500)
        with self.assertRaises(AccessError):
            (small | large).with_user(self.leader).action_approve()
        self.assertEqual(set((small | large).mapped("state")), {"waiting"})

    def test_store_s_approver_writes_no_adjustment(self):
        with self.assertRaises(AccessError):
            self._ask(self.leader)

    # ------------------------------------------------------------------ the books
    def test_the_books_read_ledger_batches_differences_and_adjustments(self):
        self._post(self.card, "earn", 10, "a")
        self._waiting()
        for model in LEDGER:
            records = self.env[model].with_user(self.books).search([])
            self.assertEqual(bool(records), model != "cosmetics.points.difference", model)
            records.web_read({name: {} for name in ("card_id", "partner_id", "company_id")})

    def test_the_books_change_nothing(self):
        for model in LEDGER:
            for operation in ("create", "write", "unlink"):
                self.assertFalse(self.env[model].with_user(self.books).has_access(operation), (model, operation))

    def test_the_books_open_an_adjustment_and_move_it_nowhere(self):
        adjustment = self._waiting().with_user(self.books)
        self.assertEqual(Form(adjustment).points, 30)
        self.assertEqual(adjustment.action_view_card()["res_id"], self.card.id)
        for step in ("action_approve", "action_refuse"):
            with self.assertRaises(AccessError):
                getattr(adjustment, step)()
        draft = self._ask(self.adviser).with_user(self.books)
        with self.assertRaises(AccessError):
            draft.action_submit()

    # ------------------------------------------------------------------ nobody, and another company
    def test_no_step_is_open_to_an_employee_without_a_role(self):
        for step in STEPS:
            adjustment = self._ask(self.adviser) if step == "action_submit" else self._waiting()
            with self.assertRaises(AccessError):
                getattr(adjustment.with_user(self.employee), step)()

    def test_no_step_is_open_to_the_approver_of_another_company(self):
        company = self.env["res.company"].create({"name": "Test Company"})
        group = "cosmetics_crm.group_points_approver"
        stranger = self._create_user("test_points_stranger", group, company_id=company.id, company_ids=[(6, 0, company.ids)])
        for step in STEPS:
            adjustment = self._ask(self.manager) if step == "action_submit" else self._waiting()
            with self.assertRaises(AccessError):
                getattr(adjustment.with_user(stranger), step)()
        self.assertFalse(self.env["cosmetics.points.adjustment"].with_user(stranger).search([]))

    def test_card_of_another_company_is_adjusted_there_only(self):
        company = self.env["res.company"].create({"name": "Test Company"})
        card = self._create_card(program=self._create_points_program(company_id=company.id))
        with self.assertRaisesRegex(UserError, "another company"):
            self._ask(self.manager, card=card)

    def test_adjustment_on_its_way_stays_with_its_company(self):
        company = self.env["res.company"].create({"name": "Test Company", "points_adjust_limit": 9999})
        self.manager.company_ids += company
        with self.assertRaises(UserError):
            self._waiting(self.manager).company_id = company
