"""A membership with points, coupons or stored value ends: what is lost is said before, agreed to, and written down."""

from datetime import timedelta

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_members import ADVISER, MANAGER
from .common_points import PointsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-06 04:00:00")
class TestMemberClosePoints(PointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        vals = {"name": "王小红", "phone": "13912345678", "is_member": True, "join_consent_how": "paper"}
        cls.member = cls.env["res.partner"].with_user(cls.manager).create(vals)
        cls.card = cls._create_card(partner_id=cls.member.id)
        cls.coupons = cls.env["loyalty.program"].create({"name": "Coupon", "program_type": "coupons"})

    def _wizard(self, user=None, **vals):
        return self.env["cosmetics.member.close"].with_user(user or self.manager).create({"partner_id": self.member.id, **vals})

    def _earn(self, points, **vals):
        self._post(self.card, "earn", points, f"test,{points},{len(vals)}", **vals)

    def _give(self, program, points=1):
        return self.env["loyalty.card"].create({"program_id": program.id, "partner_id": self.member.id, "points": points})

    def test_without_points_nothing_has_to_be_agreed_to(self):
        wizard = self._wizard()
        self.assertFalse(wizard.loss)
        wizard.action_close()
        self.assertFalse(self.member.is_member)

    def test_what_is_lost_is_said_and_has_to_be_agreed_to(self):
        self._earn(120)
        self._give(self.coupons)
        wizard = self._wizard()
        self.assertEqual(wizard.loss, "120 points and 1 coupons are lost.")
        with self.assertRaisesRegex(UserError, "120 points.*tick that the member agrees"):
            wizard.action_close()
        self.assertTrue(self.member.is_member)
        wizard.is_loss_agreed = True
        wizard.action_close()
        self.assertFalse(self.member.is_member)

    def test_points_go_with_a_row_that_says_why(self):
        self._earn(120)
        self._wizard(is_loss_agreed=True).action_close()
        row = self.card.points_move_ids.sorted("id")[-1]
        self.assertEqual(
            (row.kind, row.points, row.balance, row.reason, row.user_id), ("expire", -120, 0, "Membership closed", self.manager)
        )
        self.assertEqual((self.card.points, self._differences()), (0, []))

    def test_pending_points_go_as_well(self):
        self._earn(50, available_on=None)
        self._earn(70, available_on=(self.card._points_today() + timedelta(days=7)))
        wizard = self._wizard(is_loss_agreed=True)
        self.assertEqual(wizard.loss, "120 points are lost.")
        wizard.action_close()
        self.assertEqual((self.card.points, self.card.points_pending, self._differences()), (0, 0, []))

    def test_debt_is_let_off(self):
        self._post(self.card, "adjust", -30, "test,debt")
        self.assertEqual(self.card.points_debt, 30)
        wizard = self._wizard()
        self.assertFalse(wizard.loss)
        wizard.action_close()
        row = self.card.points_move_ids.sorted("id")[-2]
        self.assertEqual((self.card.points_debt, row.kind, row.points, self._differences()), (0, "adjust", 30, []))

    def test_points_of_another_company_go_as_well(self):
        company = self.env["res.company"].create({"name": "Second Company"})
        program = self._create_points_program(company_id=company.id, currency_id=company.currency_id.id)
        other = self._create_card(points=40, program=program, partner_id=self.member.id)
        self._wizard(is_loss_agreed=True).action_close()
        self.assertEqual(other.points, 0)

    def test_coupon_is_emptied_and_its_history_says_why(self):
        coupon = self._give(self.coupons)
        wizard = self._wizard(is_loss_agreed=True)
        self.assertEqual(wizard.loss, "1 coupons are lost.")
        wizard.action_close()
        self.assertEqual((coupon.points, coupon.history_ids[:1].description, coupon.history_ids[:1].used), (0, "Membership closed", 1))

    def test_stored_value_is_money_and_stops_the_closing(self):
        for kind in ("ewallet", "gift_card"):
            program = self.env["loyalty.program"].create({"name": "Wallet", "program_type": kind})
            card = self._give(program, 88)
            with self.subTest(kind=kind), self.assertRaisesRegex(UserError, "88.00 has been paid in"), self.cr.savepoint():
                self._wizard(is_loss_agreed=True).action_close()
            self.assertEqual((card.points, self.member.is_member), (88, True))
            card.points = 0
        self._wizard().action_close()
        self.assertFalse(self.member.is_member)

    def test_refund_after_the_closing_takes_nothing_back_that_was_lost(self):
        sale = self.env["res.partner"].create({"name": "Sale"})
        self._earn(100, origin=sale)
        self._wizard(is_loss_agreed=True).action_close()
        result = self._post(self.card, "take_back", None, "test,refund", origin=sale, part=1, whole=1)
        self.assertEqual((result.points, self.card.points_debt, self._differences()), (0, 0, []))

    def test_who_may_not_close_is_not_told_what_there_is(self):
        self._earn(120)
        adviser = self._create_user("test_adviser", ADVISER)
        with self.assertRaises(AccessError):
            self._wizard(adviser)
        wizard = self.env["cosmetics.member.close"].with_user(adviser).new({"partner_id": self.member.id})
        with self.assertRaises(AccessError):
            wizard.loss  # noqa: B018
        self.assertTrue(self.manager.has_group(MANAGER))
