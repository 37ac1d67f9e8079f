"""Points given or taken by hand: one asks, another approves."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common_points import PointsCommon


@tagged("post_install", "-at_install")
class TestPointsAdjustment(PointsCommon):
    def _ask(self, points, user=None, **vals):
        return (
            self.env["cosmetics.points.adjustment"]
            .with_user(user or self.manager)
            .create({"card_id": self.card.id, "points": points, "reason": "Forgotten purchase", **vals})
        )

    def test_one_asks_and_another_approves(self):
        adjustment = self._ask(30)
        adjustment.action_submit()
        self.assertEqual((adjustment.state, self.card.points), ("waiting", 0))
        adjustment.with_user(self.approver).action_approve()
        self.assertEqual((adjustment.state, adjustment.approved_by_id, self.card.points), ("done", self.approver, 30))
        move = self.card.points_move_ids
        self.assertEqual(
            (move.kind, move.reason, move.user_id, move.origin_id), ("adjust", "Forgotten purchase", self.approver, adjustment.id)
        )

    def test_nobody_approves_what_they_asked_for(self):
        adjustment = self._ask(30, self.approver)
        adjustment.action_submit()
        with self.assertRaises(UserError):
            adjustment.action_approve()
        with self.assertRaises(UserError):
            adjustment.action_refuse()
        self.assertFalse(adjustment.may_decide)

    def test_manager_does_not_approve(self):
        adjustment = self._ask(30, self.approver)
        adjustment.action_submit()
        with self.assertRaises(AccessError):
            adjustment.with_user(self.manager).action_approve()

    def test_small_adjustments_need_nobody_else(self):
        self.env.company.points_adjust_limit = 50
        small, large = self._ask(-50), self._ask(50.01)
        (small | large).action_submit()
        self.assertEqual((small.state, large.state), ("done", "waiting"))
        self.assertEqual(self.card.points_debt, 50)

    def test_approved_twice_gives_once(self):
        adjustment = self._ask(30)
        adjustment.action_submit()
        adjustment.with_user(self.approver).action_approve()
        with self.assertRaises(UserError):
            adjustment.with_user(self.approver).action_approve()
        adjustment.sudo().state = "waiting"
        adjustment.with_user(self.approver).action_approve()
        self.assertEqual(self.card.points, 30)

    def test_refused_adjustment_moves_nothing(self):
        adjustment = self._ask(30)
        adjustment.action_submit()
        adjustment.with_user(self.approver).action_refuse()
        self.assertEqual((adjustment.state, self.card.points), ("refused", 0))
        with self.assertRaises(UserError):
            adjustment.with_user(self.approver).action_approve()

    def test_state_and_names_are_not_typed(self):
        for vals in ({"state": "done"}, {"requested_by_id": self.approver.id}, {"approved_by_id": self.approver.id}):
            self.assertEqual(
                self._ask(30, **vals).mapped(lambda a: (a.state, a.requested_by_id, a.approved_by_id.id)), [("draft", self.manager, False)]
            )
            with self.assertRaises(UserError):
                self._ask(30).write(vals)

    def test_what_was_asked_for_is_not_changed_afterwards(self):
        adjustment = self._ask(30)
        adjustment.points = 20
        adjustment.action_submit()
        with self.assertRaises(UserError):
            adjustment.points = 3000
        with self.assertRaises(UserError):
            adjustment.unlink()
        draft = self._ask(1)
        draft.unlink()
        self.assertFalse(draft.exists())

    def test_adjustment_of_nothing_is_refused(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._ask(0)

    def test_cards_of_other_programs_are_not_adjusted(self):
        program = self.env["loyalty.program"].create({"name": "Test Wallet", "program_type": "ewallet", "applies_on": "future"})
        card = self.env["loyalty.card"].create({"program_id": program.id})
        with self.assertRaises(UserError):
            self._ask(5, card_id=card.id)

    def test_card_opens_a_new_adjustment(self):
        action = self.card.with_user(self.manager).action_loyalty_update_balance()
        form = Form(self.env[action["res_model"]].with_user(self.manager).with_context(**action["context"]))
        form.points = 12
        form.reason = "Apology for a late parcel"
        adjustment = form.save()
        self.assertEqual((adjustment.card_id, adjustment.partner_id), (self.card, self.card.partner_id))
        self.assertEqual(adjustment.action_view_card()["res_id"], self.card.id)

    def test_balance_of_a_ledger_card_is_set_by_an_adjustment(self):
        card = self._create_card(points=50)
        wizard = self.env["loyalty.card.update.balance"].with_user(self.manager)
        action = wizard.create({"card_id": card.id, "new_balance": 20, "description": "Counted twice"}).action_update_card_point()
        adjustment = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual((adjustment.points, adjustment.state, card.points), (-30, "waiting", 50))
        with self.assertRaises(ValidationError):
            wizard.create({"card_id": card.id, "new_balance": -20, "description": "Wrong"}).action_update_card_point()

    def test_balance_of_a_wallet_is_set_as_core_does(self):
        program = self.env["loyalty.program"].create({"name": "Test Wallet", "program_type": "ewallet", "applies_on": "future"})
        card = self.env["loyalty.card"].create({"program_id": program.id})
        wizard = self.env["loyalty.card.update.balance"].with_user(self.manager)
        wizard.create({"card_id": card.id, "new_balance": 20, "description": "Paid in"}).action_update_card_point()
        self.assertEqual(card.points, 20)

    def test_employee_without_a_role_sees_no_points(self):
        employee = self._create_user("test_points_employee")
        for model in ("cosmetics.points.move", "cosmetics.points.batch", "cosmetics.points.adjustment", "cosmetics.points.difference"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(employee).search([])

    def test_other_company_s_points_are_not_seen(self):
        self._create_card(points=10)
        other = self.env["res.company"].create({"name": "Test Company"})
        foreign = self._create_card(points=20, program=self._create_points_program(company_id=other.id))
        for model in ("cosmetics.points.move", "cosmetics.points.batch"):
            seen = self.env[model].with_user(self.manager).search([]).card_id
            self.assertFalse(foreign & seen)
            self.assertTrue(seen)
