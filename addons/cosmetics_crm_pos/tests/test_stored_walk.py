"""Whatever tills do with stored-value cards in whatever sequence: the ledger is right, and nobody gains by buying and bringing back."""

import random

from odoo.tests import tagged

from .common_stored import TillStoredCommon

STEPS = 10
SEEDS = (5, 23)


@tagged("post_install", "-at_install")
class TestStoredWalk(TillStoredCommon):
    def _bring_back(self, sale, pieces):
        """Bring pieces of a sale back, with the share of what the card paid, as the till puts it on the return."""
        goods, payment = sale.lines[0], sale.lines.filtered("reward_id")
        share = round(-payment.price_subtotal_incl * pieces / goods.qty, 2)
        self._sell(
            self._prepare_line(goods.product_id, -pieces, goods.price_unit, refunded_orderline_id=goods.id),
            self._prepare_line(payment.product_id, -1, -share, refunded_orderline_id=payment.id),
            is_refund=True,
        )

    def test_any_sequence_keeps_the_ledger_right(self):
        for seed in SEEDS:
            with self.subTest(seed=seed):
                dice, sales = random.Random(seed), []
                self._charge(1000)
                for _step in range(STEPS):
                    move = dice.choice(("charge", "pay", "pay", "bring", "again", "lose"))
                    card = self._stored_card()
                    if move == "charge":
                        self._charge(dice.randint(1, 300))
                    elif move == "pay":
                        sales.append(self._pay(dice.randint(1, 90000) / 100))
                    elif move == "bring" and sales:
                        self._bring_back(sales.pop(dice.randrange(len(sales))), 1)
                    elif move == "again" and sales:
                        dice.choice(sales)._post_stored()
                    elif move == "lose":
                        card.action_found() if card.stored_state == "lost" else card.action_report_lost()
                    self.assertFalse(self._stored_differences())
                    self.assertGreaterEqual(min(self._held()), 0)

    def test_bringing_everything_back_leaves_what_there_was_before(self):
        self._charge()
        lines = [self._prepare_line(self.product, quantity=3, price=33.33)]
        sale = self._pay(99.99, None, *lines)
        for _piece in range(3):
            self._bring_back(sale, 1)
        self.assertEqual(self._held(), (1000, 200))
        self.assertFalse(self._stored_differences())
