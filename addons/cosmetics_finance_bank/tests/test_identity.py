"""A movement is known again in another file of the bank, and no other is taken for it."""

from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools.bank_row import BankRow
from ..tools.identity import same_account, with_keys

QUICK = settings(max_examples=200, deadline=None, derandomize=True, database=None)
START = datetime.fromisoformat("2026-08-01T01:00:00")
rows = st.lists(
    st.builds(
        lambda minute, cents, account, number: BankRow(
            1, START.date(), START + timedelta(minutes=minute), Decimal(cents) / 100, None, "", account, "", number
        ),
        st.integers(0, 3),
        st.sampled_from([-500, 500, 700]),
        st.sampled_from(["", "6100"]),
        st.sampled_from(["", "", "N1", "N2"]),
    ),
    max_size=8,
)
digits = st.text("0123456789", min_size=12, max_size=20)


@tagged("post_install", "-at_install")
class TestIdentity(BaseCase):
    @QUICK
    @given(rows)
    def test_keys_are_unique_in_a_file(self, found):
        keys = [key for key, _row in with_keys(found)]
        self.assertEqual(len(keys), len(set(keys)))

    @QUICK
    @given(rows)
    def test_the_same_rows_have_the_same_keys_again(self, found):
        moved = [row._replace(row_no=number + 40) for number, row in enumerate(found)]
        self.assertEqual([key for key, _row in with_keys(found)], [key for key, _row in with_keys(moved)])

    @QUICK
    @given(rows)
    def test_another_wording_of_the_memo_changes_no_key(self, found):
        worded = [row._replace(memo="货款") for row in found]
        self.assertEqual([key for key, _row in with_keys(found)], [key for key, _row in with_keys(worded)])

    @QUICK
    @given(rows)
    def test_no_movement_without_a_number_is_dropped(self, found):
        plain = [row._replace(reference="") for row in found]
        self.assertEqual(len(with_keys(plain)), len(plain))

    @QUICK
    @given(rows, st.integers(1, 10**6))
    def test_another_amount_is_another_movement(self, found, cents):
        changed = [row._replace(amount=row.amount + cents * 100) for row in found]
        self.assertFalse({key for key, _row in with_keys(found)} & {key for key, _row in with_keys(changed)} if cents > 12 else set())

    @QUICK
    @given(digits, st.integers(2, 6), st.integers(2, 4))
    def test_a_masked_number_is_the_own_one(self, number, head, tail):
        self.assertTrue(same_account(f"{number[:head]}****{number[-tail:]}", number))
        self.assertTrue(same_account(number[-4:], number))
        self.assertTrue(same_account(number, f"{number[:4]} {number[4:]}"))

    @QUICK
    @given(digits, digits)
    def test_another_number_is_not_the_own_one(self, told, own):
        self.assertEqual(same_account(told, own), own.endswith(told))
        self.assertFalse(same_account(told[-3:], own) or same_account("****", own) or same_account("", own))
