"""No way past the ledger: forms, imports, RPC and core's own flows."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..tools.gate import points_gate
from .common_points import PointsCommon


@tagged("post_install", "-at_install")
class TestPointsGate(PointsCommon):
    def test_person_cannot_type_points(self):
        card = self.card.with_user(self.manager)
        for name in ("points", "points_pending", "points_debt"):
            with self.assertRaises(UserError):
                card.write({name: 5})
        with self.assertRaises(UserError):
            card.with_user(self.approver).write({"in_ledger": False})
        self.assertTrue(self.card.in_ledger)

    def test_context_from_outside_opens_no_gate(self):
        for value in (True, "LEDGER_WRITES", {"object": 1}):
            card = self.card.with_user(self.manager).with_context(**{points_gate.key: value})
            with self.assertRaises(UserError):
                card.write({"points": 5})

    def test_import_cannot_set_points(self):
        result = (
            self.env["loyalty.card"]
            .with_user(self.manager)
            .load(["code", "program_id/.id", "points"], [["TEST-IMPORT-1", self.program.id, "500"]])
        )
        self.assertIn("adjustment", str(result["messages"]).lower())
        self.assertFalse(self.env["loyalty.card"].search([("code", "=", "TEST-IMPORT-1")]))

    def test_approver_opens_cards_with_points_they_had_elsewhere(self):
        card = self.env["loyalty.card"].with_user(self.approver).create({"program_id": self.program.id, "points": 120})
        self.assertEqual(card.points, 120)
        self.assertEqual(card.points_move_ids.mapped(lambda move: (move.kind, move.user_id)), [("opening", self.approver)])

    def test_card_may_begin_in_debt(self):
        card = self._create_card(points=-30)
        self.assertEqual((card.points, card.points_debt), (0, 30))
        self.assertEqual(self._differences(), [])

    def test_figures_cannot_be_given_to_a_new_card(self):
        card = self.env["loyalty.card"].with_user(self.manager).create(
            {"program_id": self.program.id, "points_pending": 50, "points_debt": 5, "in_ledger": False}
        )  # fmt: skip
        self.assertEqual((card.points_pending, card.points_debt, card.in_ledger), (0, 0, True))

    def test_change_by_the_system_becomes_a_movement(self):
        card = self._create_card(points=100)
        card.sudo().points += 20
        card.sudo().points -= 50
        self.assertEqual(card.points, 70)
        self.assertEqual(
            card.points_move_ids.sorted("id").mapped(lambda move: (move.kind, move.points)),
            [("opening", 100), ("adjust", 20), ("adjust", -50)],
        )
        self.assertEqual(self._differences(), [])

    def test_change_by_the_system_below_zero_becomes_a_debt(self):
        card = self._create_card(points=10)
        card.sudo().points -= 25
        self.assertEqual((card.points, card.points_debt), (0, 15))

    def test_flow_of_core_whose_points_the_ledger_posts_changes_nothing(self):
        card = self._create_card(points=10)
        points_gate.mark(card.with_user(self.manager)).write({"points": 500, "code": "TEST-MARKED"})
        self.assertEqual((card.points, card.code), (10, "TEST-MARKED"))

    def test_other_programs_keep_core_s_way(self):
        program = self.env["loyalty.program"].create({"name": "Test Wallet", "program_type": "ewallet", "applies_on": "future"})
        card = self.env["loyalty.card"].with_user(self.manager).create({"program_id": program.id, "points": 30})
        card.points = 50
        self.assertEqual((card.points, card.in_ledger, len(card.points_move_ids)), (50, False, 0))

    def test_both_kinds_of_cards_can_be_written_at_once(self):
        program = self.env["loyalty.program"].create({"name": "Test Wallet", "program_type": "ewallet", "applies_on": "future"})
        wallet = self.env["loyalty.card"].create({"program_id": program.id, "points": 30})
        (wallet | self.card).sudo().write({"points": 40})
        self.assertEqual((wallet.points, self.card.points), (40, 40))
        self.assertEqual(self._differences(), [])

    def test_history_of_a_ledger_card_is_not_written_by_hand(self):
        card = self._create_card(points=10)
        history = self.env["loyalty.history"].with_user(self.manager)
        with self.assertRaises(UserError):
            history.create({"card_id": card.id, "description": "Gift", "issued": 500})
        card.history_ids.sudo().unlink()
        self.assertEqual(card.history_ids.mapped("issued"), [10])
        points_gate.mark(history).create({"card_id": card.id, "description": "Gift", "issued": 500})
        self.assertEqual(card.history_ids.mapped("issued"), [10])

    def test_program_with_points_stays_a_points_program(self):
        self._create_card(points=10)
        with self.assertRaises(UserError):
            self.program.with_user(self.manager).applies_on = "current"
        unused = self._create_points_program()
        unused.with_user(self.manager).applies_on = "current"
        self.assertFalse(self._create_card(program=unused).in_ledger)

    def test_card_with_points_stays_with_its_program(self):
        card = self._create_card(points=10)
        other = self._create_points_program()
        with self.assertRaises(UserError):
            card.with_user(self.manager).program_id = other
        self.card.with_user(self.manager).program_id = other
        self.assertEqual(self.card.program_id, other)

    def test_cards_of_before_the_ledger_get_an_opening_movement_once(self):
        cards = self._create_card() | self._create_card()
        self.env.flush_all()
        self.env.cr.execute("UPDATE loyalty_card SET points = 40 WHERE id = %s", (cards[0].id,))
        self.env.cr.execute("UPDATE loyalty_card SET points_debt = 15 WHERE id = %s", (cards[1].id,))
        self.env.invalidate_all()
        for _time in range(2):
            self.env["loyalty.card"]._open_points_ledger()
            self.assertEqual(cards.points_move_ids.sorted("card_id").mapped("points"), [40, -15])
            self.assertEqual(cards.mapped(lambda card: (card.points, card.points_debt)), [(40, 0), (0, 15)])
        self.assertEqual(self._differences(), [])
