"""Whatever happens to a card, in whatever order: the balance is the sum of the rows, and nobody loses or gains a cent."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_stored import StoredCommon

YUAN = st.integers(1, 200000).map(lambda cents: cents / 100)
STEPS = st.lists(
    st.tuples(st.sampled_from(["top up", "spend", "spend", "give back", "lose", "find", "replace", "refund"]), YUAN, st.integers(0, 5)),
    min_size=3,
    max_size=10,
)
QUICK = settings(max_examples=25, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))


@tagged("post_install", "-at_install")
class TestStoredWalk(StoredCommon):
    @QUICK
    @given(STEPS, st.sampled_from(["pro_rata", "principal_first"]))
    def test_any_walk_keeps_the_books(self, steps, use):
        with self.env.cr.savepoint() as savepoint:
            self._start(use)
            for number, (what, yuan, choice) in enumerate(steps):
                self._step(number, what, yuan, choice)
                self._assert_books()
            savepoint.rollback()
        self.env.invalidate_all()

    def _start(self, use):
        self.stored_program.stored_use = use
        self.card = self._create_stored_card()
        self.sales = [self._create_member(f"Sale {number}") for number in range(6)]
        self.paid = dict.fromkeys(self.sales, 0.0)
        self.money_in = self.money_out = self.spent = 0.0

    def _step(self, number, what, yuan, choice):
        """Do one thing; what is refused leaves everything as it was."""
        sale, key = self.sales[choice], f"walk,{self.card.id},{number}"
        try:
            if what == "top up":
                self._move(self.card, "top_up", yuan, key)
                self.money_in += yuan
            elif what == "spend":
                self._move(self.card, "spend", yuan, key, origin=sale)
                self.paid[sale] += yuan
                self.spent += yuan
            elif what == "give back":
                result = self._move(self.card, "give_back", yuan, key, origin=sale)
                back = yuan - result.missing
                self.assertLessEqual(back, self.paid[sale] + 0.005)
                self.paid[sale] -= back
                self.spent -= back
            else:
                self._handle_card(what)
        except UserError as refusal:
            self.assertRegex(str(refusal), "is to be paid|would be on card|reported lost|not due|refunded and is closed|closed")

    def _handle_card(self, what):
        card = self.card.with_user(self.adviser)
        if what == "lose":
            card.action_report_lost()
        elif what == "find":
            card.action_found()
        elif what == "replace":
            self.card = self.env["loyalty.card"].browse(card.action_replace()["res_id"])
        elif card.points:
            self._refund()

    def _refund(self):
        refund = self.env["cosmetics.stored.refund"].with_user(self.adviser).create({"card_id": self.card.id, "reason": "consumer"})
        own = refund.principal_back
        refund.reason = "operator"
        self.assertLessEqual(own, refund.principal_back + 0.005)
        refund.action_submit()
        refund.with_user(self.approver).action_approve()
        self.money_out += refund.principal_back
        self.assertLessEqual(self.money_out, self.money_in + 0.005)
        self.assertEqual(self._held(self.card), (0, 0))

    def _assert_books(self):
        self.assertEqual(self._stored_differences(), [])
        cards = self.env["loyalty.card"].with_context(active_test=False).search([("partner_id", "=", self.card.partner_id.id)])
        moves = cards.stored_move_ids
        self.assertAlmostEqual(sum(moves.mapped("amount")), sum(cards.mapped("points")), 2)
        for card in cards:
            self.assertGreaterEqual(card.stored_principal, 0)
            self.assertGreaterEqual(card.stored_bonus, 0)
        self.assertAlmostEqual(sum(moves.filtered(lambda move: move.kind == "top_up").mapped("principal")), self.money_in, 2)
        self.assertAlmostEqual(-sum(moves.filtered(lambda move: move.kind in ("spend", "give_back")).mapped("amount")), self.spent, 2)
        self.assertEqual(sum(moves.filtered(lambda move: move.kind == "transfer").mapped("amount")), 0)
        # One card at most pays, and what was replaced or refunded holds nothing of its own.
        self.assertLessEqual(len(cards.filtered(lambda card: card.stored_state in ("active", "lost"))), 1)
        self.assertFalse(cards.filtered(lambda card: card.stored_state == "replaced" and card.points))
