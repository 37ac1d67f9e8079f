"""The plain Python of stored value: its examples hold, and so do its promises for any sequence of acts."""

import doctest
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools import gate, identity, stored, stored_refund

CENTS = st.integers(1, 300000)
ACTS = st.lists(
    st.tuples(st.sampled_from(["top up", "spend", "give back", "undo", "refund", "replace"]), CENTS, st.integers(0, 50000)), max_size=30
)
QUICK = settings(max_examples=200, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))


class Book:
    """A card with everything that was written about it."""

    def __init__(self, use):
        self.use, self.batches, self.rows, self.out, self.count = use, [], [], [], 0

    def do(self, what, cents, bonus):
        rows = []
        if what == "top up":
            self.count += 1
            self.batches.append(stored.Batch(self.count))
            rows = [stored.top_up(self.batches[-1], cents, bonus)]
        elif what == "spend":
            rows = stored.spend(self.batches, cents, self.use)
            self.out += [[row.batch, -row.principal, -row.bonus] for row in rows]
        elif what == "give back":
            rows = stored.give_back([tuple(part) for part in self.out], min(cents, self.total_out()))
            for row in rows:
                parts = [part for part in self.out if part[0] is row.batch]
                self.reduce(parts, 1, row.principal)
                self.reduce(parts, 2, row.bonus)
        elif what == "undo" and self.batches:
            rows, _missing = stored.take_back(self.batches[-1], min(cents, self.batches[-1].paid))
        elif what == "refund":
            rows = stored.empty(self.batches)
        elif what == "replace":
            held = [(batch.principal, batch.bonus) for batch in self.batches]
            rows = stored.empty(self.batches)
            rows += [stored._move(batch, *amounts) for batch, amounts in zip(self.batches, held, strict=True)]
        self.rows += rows

    def total_out(self):
        return sum(principal + bonus for _batch, principal, bonus in self.out)

    @staticmethod
    def reduce(parts, index, amount):
        for part in parts:
            taken = min(part[index], amount)
            part[index] -= taken
            amount -= taken
        assert not amount


@tagged("post_install", "-at_install")
class TestStoredTools(BaseCase):
    def test_examples_hold(self):
        for module in (gate, identity, stored, stored_refund):
            self.assertEqual(doctest.testmod(module).failed, 0)

    @QUICK
    @given(ACTS, st.sampled_from([stored.PRO_RATA, stored.PRINCIPAL_FIRST]))
    def test_balance_is_the_sum_of_the_rows_and_nothing_is_below_zero(self, acts, use):
        book = Book(use)
        for act in acts:
            book.do(*act)
            self.assertEqual(stored.left(book.batches), sum(row.amount for row in book.rows))
            for batch in book.batches:
                self.assertEqual(batch.principal, sum(row.principal for row in book.rows if row.batch is batch))
                self.assertTrue(0 <= batch.principal <= batch.paid and 0 <= batch.bonus <= batch.given)

    @QUICK
    @given(CENTS, st.integers(0, 50000), st.lists(CENTS, max_size=8))
    def test_pro_rata_leaves_what_a_refund_would_pay(self, paid, bonus, purchases):
        batch = stored.Batch(1)
        stored.top_up(batch, paid, bonus)
        for cents in purchases:
            stored.spend([batch], cents)
        topped = stored_refund.TopUp(date(2026, 5, 1), paid, bonus, paid + bonus - batch.left)
        self.assertEqual(stored_refund.refund(topped, stored_refund.OPERATOR, date(2026, 5, 1)).principal, batch.principal)

    @QUICK
    @given(CENTS, st.integers(0, 50000), CENTS, st.one_of(st.none(), CENTS), st.integers(-5, 4000), st.floats(0, 20))
    def test_refund_is_between_nothing_and_the_principal(self, paid, bonus, spent, listed, days, rate):
        topped = stored_refund.TopUp(date(2026, 5, 1), paid, bonus, min(spent, paid + bonus), listed, rate, rate)
        for reason in (stored_refund.OPERATOR, stored_refund.CONSUMER):
            back = stored_refund.refund(topped, reason, date(2026, 5, 1) + timedelta(days=days))
            self.assertTrue(0 <= back.principal <= paid)
            self.assertGreaterEqual(back.interest, 0)

    @QUICK
    @given(CENTS, st.integers(0, 50000), CENTS)
    def test_own_reason_never_pays_more_than_the_fault_of_the_shop(self, paid, bonus, spent):
        topped = stored_refund.TopUp(date(2026, 5, 1), paid, bonus, min(spent, paid + bonus))
        own, shop = (
            stored_refund.refund(topped, reason, date(2026, 5, 1)).principal for reason in (stored_refund.CONSUMER, stored_refund.OPERATOR)
        )
        self.assertLessEqual(own, shop)
