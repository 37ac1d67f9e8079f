"""The plain Python of the points ledger: its examples hold, and so do its promises for any sequence of acts."""

import doctest
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools import points
from ..tools.points import Account, Batch

TODAY = date(2026, 5, 1)
UNITS = st.integers(1, 5000)
DAYS = st.one_of(st.none(), st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days)))
ORIGINS = st.sampled_from(["order 1", "order 2", "order 3"])
ACTS = st.lists(
    st.tuples(st.sampled_from(["earn", "spend", "take back", "give back", "expire", "move"]), UNITS, DAYS, DAYS, ORIGINS), max_size=30
)
QUICK = settings(max_examples=200, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))


class Book:
    """An account with everything that was written about it."""

    def __init__(self):
        self.account, self.rows, self.taken = Account(), [], []
        self.count = 0

    def new_batch(self, available_on=None, expires_on=None, origin=None):
        self.count += 1
        return Batch(self.count, 0, available_on, expires_on, origin)

    def do(self, what, units, available_on, expires_on, origin):
        account = self.account
        if what == "earn":
            rows = points.add(account, units, self.new_batch(available_on, expires_on, origin))
        elif what == "spend":
            rows = points.spend(account, units, TODAY)
            self.taken += [(row.batch, -row.units) for row in rows]
        elif what == "take back":
            rows = points.take_back(account, units, TODAY, origin)
        elif what == "give back":
            rows = points.give_back(account, sum(out for _b, out in self.taken), TODAY, self.taken, TODAY, self.new_batch())
            self.taken = []
        elif what == "expire":
            rows = points.expire(account, TODAY)
        else:
            rows = points.empty(account)
        self.rows += rows
        return rows


@tagged("post_install", "-at_install")
class TestPointsTools(BaseCase):
    def test_examples_hold(self):
        result = doctest.testmod(points)
        self.assertGreater(result.attempted, 20)
        self.assertEqual(result.failed, 0)

    @QUICK
    @given(ACTS)
    def test_balance_is_the_sum_of_the_rows_whatever_happens(self, acts):
        book = Book()
        for act in acts:
            book.do(*act)
            self.assertEqual(book.account.balance(), sum(row.units for row in book.rows))
            self.assertEqual(-sum(row.units for row in book.rows if row.batch is None), book.account.debt)
            for batch in book.account.batches:
                self.assertEqual(batch.remaining, sum(row.units for row in book.rows if row.batch is batch))
                self.assertGreaterEqual(batch.remaining, 0)

    @QUICK
    @given(ACTS)
    def test_nobody_owes_points_and_has_some(self, acts):
        book = Book()
        for act in acts:
            book.do(*act)
            self.assertGreaterEqual(book.account.debt, 0)
            self.assertFalse(book.account.debt and any(batch.remaining for batch in book.account.batches))

    @QUICK
    @given(ACTS)
    def test_no_row_moves_nothing(self, acts):
        book = Book()
        for act in acts:
            self.assertTrue(all(row.units for row in book.do(*act)))

    @QUICK
    @given(ACTS, UNITS)
    def test_only_spendable_points_are_spent_and_all_of_them_can_be(self, acts, units):
        book = Book()
        for act in acts:
            book.do(*act)
        there = book.account.spendable(TODAY)
        rows = points.spend(book.account, units, TODAY)
        self.assertEqual(-sum(row.units for row in rows), min(units, there))
        self.assertTrue(all(row.batch.is_spendable(TODAY) for row in rows))

    @QUICK
    @given(ACTS, UNITS)
    def test_spending_takes_what_expires_first(self, acts, units):
        book = Book()
        for act in acts:
            book.do(*act)
        rows = points.spend(book.account, units, TODAY)
        taken = [row.batch for row in rows]
        last = max((batch.expires_on or date.max for batch in taken), default=date.min)
        untouched = [b for b in book.account.batches if b.remaining and b.is_spendable(TODAY) and not any(b is other for other in taken)]
        self.assertTrue(all((batch.expires_on or date.max) >= last for batch in untouched))

    @QUICK
    @given(ACTS, UNITS)
    def test_spending_and_giving_back_changes_nothing(self, acts, units):
        book = Book()
        for act in acts:
            book.do(*act)
        before = [batch.remaining for batch in book.account.batches]
        rows = points.spend(book.account, units, TODAY)
        taken = [(row.batch, -row.units) for row in rows]
        points.give_back(book.account, sum(out for _batch, out in taken), TODAY, taken, TODAY, Batch("spare", 0))
        self.assertEqual([batch.remaining for batch in book.account.batches], before)

    @QUICK
    @given(ACTS, UNITS)
    def test_earning_and_taking_back_gains_nothing(self, acts, units):
        book = Book()
        for act in acts:
            book.do(*act)
        balance = book.account.balance()
        book.do("earn", units, TODAY, None, "order 9")
        book.do("take back", units, TODAY, None, "order 9")
        self.assertEqual(book.account.balance(), balance)

    @QUICK
    @given(st.integers(0, 10**6), st.lists(st.integers(0, 1000), min_size=1, max_size=8))
    def test_shares_of_all_parts_are_the_total(self, total, parts):
        whole, before, given_away = sum(parts), 0, 0
        for part in parts:
            share = points.share(total, part, whole, before)
            self.assertGreaterEqual(share, 0)
            given_away, before = given_away + share, before + part
            if not whole:
                break
        self.assertEqual(given_away, total)

    @QUICK
    @given(st.decimals(-(10**9), 10**9, places=2))
    def test_points_survive_being_counted_in_hundredths(self, amount):
        self.assertEqual(points.to_points(points.to_units(float(amount))), float(amount))

    @QUICK
    @given(st.sampled_from(points.VALIDITIES), st.integers(1, 60), st.dates(date(2000, 1, 1), date(2090, 12, 31)))
    def test_points_live_at_least_until_the_day_they_count_from(self, validity, months, day):
        last = points.expiry(validity, months, day)
        self.assertTrue(last is None or last >= day)
        self.assertEqual(last is None, validity == "never")

    def test_more_than_was_spent_is_not_given_back(self):
        with self.assertRaises(ValueError):
            points.give_back(Account(), 5, TODAY, [(Batch("a", 0), 4)], TODAY, Batch("b", 0))

    def test_points_given_back_pay_the_debt_first(self):
        account, batch = Account(debt=30), Batch("a", 0, TODAY)
        account.batches.append(batch)
        rows = points.give_back(account, 50, TODAY, [(batch, 50)], TODAY, Batch("b", 0))
        self.assertEqual([row.units for row in rows], [30, 20])
        self.assertEqual((account.debt, batch.remaining), (0, 20))

    def test_points_of_a_batch_of_another_card_get_a_batch_with_its_days(self):
        account, foreign, spare = Account(), Batch("a", 0, TODAY, date(2026, 12, 31), "order"), Batch("b", 0)
        points.give_back(account, 50, TODAY, [(foreign, 50)], TODAY, spare)
        self.assertEqual((foreign.remaining, spare.remaining, spare.expires_on), (0, 50, date(2026, 12, 31)))
        self.assertEqual(account.batches, [spare])
