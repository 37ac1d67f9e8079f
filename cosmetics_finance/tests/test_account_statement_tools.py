"""The running balance of a statement of account, without a database."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase

from ..tools.account_statement import balance_account

# Two cores and other work beside: slow drawing says nothing about the code.
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors])
AMOUNTS = st.decimals(min_value=-(10**8), max_value=10**8, places=2)


class TestBalanceAccount(BaseCase):
    def test_without_movements_the_closing_is_the_opening(self):
        account = balance_account(Decimal("12.30"), [])
        self.assertEqual((account.closing, account.increase, account.decrease, account.balances), (Decimal("12.30"), 0, 0, []))

    def test_a_credit_note_lowers_what_was_invoiced(self):
        account = balance_account(Decimal(0), [(Decimal(100), Decimal(0)), (Decimal(-30), Decimal(0))])
        self.assertEqual((account.increase, account.decrease, account.closing), (70, 0, 70))

    def test_a_payment_before_the_invoice_leaves_a_negative_balance(self):
        account = balance_account(Decimal(0), [(Decimal(0), Decimal(50)), (Decimal(80), Decimal(0))])
        self.assertEqual(account.balances, [-50, 30])

    @CALM
    @given(AMOUNTS, st.lists(st.tuples(AMOUNTS, AMOUNTS), max_size=20))
    def test_opening_and_totals_make_the_closing(self, opening, movements):
        account = balance_account(opening, movements)
        self.assertEqual(opening + account.increase - account.decrease, account.closing)
        self.assertEqual(([opening, *account.balances])[-1], account.closing)

    @CALM
    @given(AMOUNTS, st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=20), st.data())
    def test_a_period_cut_in_two_closes_the_same(self, opening, movements, data):
        cut = data.draw(st.integers(0, len(movements)))
        first = balance_account(opening, movements[:cut])
        second = balance_account(first.closing, movements[cut:])
        self.assertEqual(second.closing, balance_account(opening, movements).closing)
