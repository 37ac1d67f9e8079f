"""Compensation in points goes through the approval of adjustments, whoever asks and however."""

from odoo.addons.cosmetics_crm.tests.common_points import PointsCommon
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common_service import ServiceCommon


@tagged("post_install", "-at_install")
class TestServiceCompensation(ServiceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.approver = cls._create_user("test_points_approver", "cosmetics_crm.group_points_approver")
        cls.program = PointsCommon.__dict__["_create_points_program"].__func__(cls)
        cls.card = cls._create_card(cls.member)

    @classmethod
    def _create_card(cls, member):
        return cls.env["loyalty.card"].create({"program_id": cls.program.id, "partner_id": member.id})

    def _ask(self, case, points=200, user=None, **vals):
        user = user or self.service
        action = case.with_user(user).action_compensate()
        wizard = self.env[action["res_model"]].with_user(user).with_context(**action["context"]).create({"points": points, **vals})
        wizard.action_ask()
        return case.sudo().adjustment_ids

    def test_service_asks_an_approver_approves_and_the_case_shows_it(self):
        case = self._case()
        adjustment = self._ask(case)
        self.assertEqual((adjustment.state, adjustment.requested_by_id, adjustment.points), ("waiting", self.service, 200))
        self.assertEqual((case.compensation_state, self.card.points), ("waiting", 0))
        adjustment.with_user(self.approver).action_approve()
        case.invalidate_recordset()
        self.assertEqual((case.compensation_state, case.compensation_points, self.card.points), ("done", 200, 200))

    def test_refused_compensation_gives_nothing_and_the_case_says_so(self):
        case = self._case()
        self._ask(case).with_user(self.approver).action_refuse()
        self.assertEqual((case.compensation_state, case.compensation_points, self.card.points), ("refused", 0, 0))

    def test_member_reads_the_case_as_the_reason(self):
        case = self._case()
        self.assertIn(case.number, self._ask(case).reason)

    def test_service_asks_for_members_of_any_store(self):
        stranger = self._create_member("赵晓兰", member_store_id=self.other_store.id)
        self._create_card(stranger)
        self.assertEqual(self._ask(self._case(partner_id=stranger.id)).state, "waiting")

    def test_adviser_asks_for_members_of_the_own_store_alone(self):
        self.assertEqual(self._ask(self._case(self.adviser), user=self.adviser).state, "waiting")
        stranger = self._create_member("赵晓兰", member_store_id=self.other_store.id)
        self._create_card(stranger)
        case = self._case(partner_id=stranger.id)
        case.store_id = self.store
        with self.assertRaises(AccessError):
            self._ask(case, user=self.adviser)

    def test_service_approves_nothing(self):
        adjustment = self._ask(self._case())
        with self.assertRaises(AccessError):
            adjustment.with_user(self.service).action_approve()
        with self.assertRaises(UserError):
            adjustment.with_user(self.service).write({"state": "done"})
        self.assertEqual(self.card.points, 0)

    def test_service_neither_posts_points_nor_writes_cards(self):
        for call in (
            lambda: self.card.with_user(self.service).write({"points": 500}),
            lambda: self.env["cosmetics.points.move"].with_user(self.service).create({"card_id": self.card.id, "points": 500}),
        ):
            with self.assertRaises(UserError):  # of which an AccessError is one
                call()

    def test_adjustment_of_the_service_belongs_to_a_case(self):
        stranger = self._create_member("赵晓兰", member_store_id=self.other_store.id)
        card = self._create_card(stranger)
        with self.assertRaises(AccessError):
            self.env["cosmetics.points.adjustment"].with_user(self.service).create({"card_id": card.id, "points": 5, "reason": "x"})

    def test_points_go_to_nobody_but_the_customer_of_the_case(self):
        stranger = self._create_member("赵晓兰")
        vals = {"card_id": self._create_card(stranger).id, "points": 5, "reason": "x", "ticket_id": self._case().id}
        with self.assertRaisesRegex(ValidationError, "somebody else"):
            self.env["cosmetics.points.adjustment"].with_user(self.service).create(vals)

    def test_case_of_an_adjustment_is_not_changed(self):
        adjustment = self._ask(self._case())
        with self.assertRaisesRegex(UserError, "not typed"):
            adjustment.with_user(self.service).ticket_id = self._case()

    def test_second_wish_waits_for_the_first(self):
        case = self._case()
        adjustment = self._ask(case)
        with self.assertRaisesRegex(UserError, "already waits"):
            self._ask(case)
        adjustment.with_user(self.approver).action_approve()
        self._ask(case, 50)
        self.assertEqual((case.compensation_state, case.compensation_points), ("waiting", 200))

    def test_compensation_takes_no_points(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._ask(self._case(), -5)

    def test_member_without_a_card_is_named(self):
        stranger = self._create_member("赵晓兰")
        with self.assertRaisesRegex(UserError, "no card"):
            self._ask(self._case(partner_id=stranger.id))

    def test_case_of_nobody_is_not_compensated(self):
        with self.assertRaisesRegex(UserError, "Choose the customer"):
            self._ask(self._case(partner_id=False, partner_name="路人"))
