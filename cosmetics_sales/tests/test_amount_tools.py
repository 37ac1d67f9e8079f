"""Cents: what is shared out adds up again, whatever the amounts and however often goods come back."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools import aftersale, order_amounts, spread

CENTS = st.decimals(min_value=0, max_value=100_000, places=2)
WEIGHTS = st.lists(st.decimals(min_value=0, max_value=10_000, places=2), min_size=1, max_size=12)
QUICK = settings(max_examples=200, deadline=None, derandomize=True, database=None)
CENT = Decimal("0.01")


@tagged("post_install", "-at_install")
class TestSpread(BaseCase):
    @QUICK
    @given(CENTS, WEIGHTS)
    def test_parts_add_up_and_none_is_negative(self, amount, weights):
        parts = spread.spread(amount, weights)
        self.assertEqual(sum(parts), amount)
        self.assertEqual(len(parts), len(weights))
        self.assertGreaterEqual(min(parts), 0)

    @QUICK
    @given(CENTS, WEIGHTS)
    def test_no_part_is_a_cent_away_from_its_share(self, amount, weights):
        whole = sum(weights)
        if not whole:
            return
        for part, weight in zip(spread.spread(amount, weights), weights, strict=True):
            self.assertLess(abs(part - amount * weight / whole), CENT)

    @QUICK
    @given(CENTS, WEIGHTS)
    def test_a_weight_of_nothing_gets_nothing(self, amount, weights):
        parts = spread.spread(amount, weights)
        if sum(weights):
            self.assertEqual([part for part, weight in zip(parts, weights, strict=True) if not weight and part], [])

    def test_equal_shares_differ_by_a_cent_and_the_first_gets_it(self):
        self.assertEqual(spread.spread(Decimal("0.05"), [1, 1, 1]), [Decimal("0.02"), Decimal("0.02"), Decimal("0.01")])

    def test_nothing_is_shared_as_nothing(self):
        self.assertEqual(spread.spread(Decimal(0), [3, 5]), [Decimal(0), Decimal(0)])


@tagged("post_install", "-at_install")
class TestLineTotals(BaseCase):
    def _line(self, amount=None, qty=1, unit_price=None, is_gift=False):
        return {"amount": amount, "qty": qty, "unit_price": unit_price, "is_gift": is_gift}

    def _totals(self, receivable, freight, *lines):
        freight, parts = order_amounts.line_totals(Decimal(receivable), Decimal(freight), list(lines))
        return str(freight), [str(part) for part in parts]

    def test_amounts_of_the_file_are_the_weights(self):
        self.assertEqual(self._totals("90", "0", self._line(60), self._line(40)), ("0.00", ["54.00", "36.00"]))

    def test_freight_is_taken_out_first(self):
        self.assertEqual(self._totals("110", "10", self._line(60), self._line(40)), ("10.00", ["60.00", "40.00"]))

    def test_freight_is_at_most_what_was_received(self):
        self.assertEqual(self._totals("3", "10", self._line(60)), ("3.00", ["0.00"]))

    def test_negative_freight_is_none(self):
        self.assertEqual(self._totals("10", "-2", self._line(60)), ("0.00", ["10.00"]))

    def test_an_order_of_freight_alone(self):
        self.assertEqual(self._totals("12.5", "0"), ("12.50", []))

    def test_gifts_cost_nothing_beside_goods_that_cost(self):
        self.assertEqual(self._totals("50", "0", self._line(50), self._line(9.9, is_gift=True)), ("0.00", ["50.00", "0.00"]))

    def test_gifts_alone_share_what_was_paid(self):
        self.assertEqual(self._totals("1", "0", self._line(is_gift=True), self._line(is_gift=True)), ("0.00", ["0.50", "0.50"]))

    def test_without_amounts_the_listed_price_counts(self):
        lines = self._line(unit_price=10, qty=3), self._line(unit_price=30)
        self.assertEqual(self._totals("40", "0", *lines), ("0.00", ["20.00", "20.00"]))

    def test_without_any_price_the_pieces_count(self):
        self.assertEqual(self._totals("30", "0", self._line(qty=1), self._line(qty=2)), ("0.00", ["10.00", "20.00"]))

    def test_a_negative_amount_weighs_nothing(self):
        self.assertEqual(self._totals("10", "0", self._line(-5), self._line(20)), ("0.00", ["0.00", "10.00"]))

    @QUICK
    @given(
        CENTS, st.decimals(min_value=0, max_value=50, places=2), st.lists(st.tuples(CENTS, st.integers(1, 9), st.booleans()), max_size=6)
    )
    def test_freight_and_lines_add_up_to_the_receivable(self, receivable, freight, rows):
        lines = [self._line(amount, qty, None, is_gift) for amount, qty, is_gift in rows]
        paid, parts = order_amounts.line_totals(receivable, freight, lines)
        self.assertEqual(paid + sum(parts), receivable)

    def test_rounding_is_commercial(self):
        self.assertEqual(
            [str(order_amounts.cents(amount)) for amount in ("0.005", "2.675", "-0.005", 1)], ["0.01", "2.68", "-0.01", "1.00"]
        )


@tagged("post_install", "-at_install")
class TestShare(BaseCase):
    @QUICK
    @given(CENTS, st.lists(st.integers(1, 5), min_size=1, max_size=8))
    def test_piece_by_piece_gives_back_exactly_what_was_paid(self, paid, portions):
        quantity, before, amount = sum(portions), 0, 0.0
        for portion in portions:
            part = aftersale.share(paid, quantity, before, amount, portion)
            self.assertGreaterEqual(part, 0)
            before, amount = before + portion, round(amount + part, 2)
        self.assertEqual(Decimal(str(amount)), paid)

    @QUICK
    @given(CENTS, st.integers(1, 20), CENTS, st.integers(1, 20))
    def test_never_more_than_is_left(self, paid, quantity, given_back, wanted):
        part = Decimal(str(aftersale.share(paid, quantity, 0, given_back, wanted)))
        self.assertLessEqual(part, max(paid - given_back, Decimal(0)))

    def test_nothing_wanted_nothing_given(self):
        for quantity, wanted in ((0, 1), (3, 0), (3, -1)):
            with self.subTest(quantity=quantity, wanted=wanted):
                self.assertEqual(aftersale.share(100, quantity, 0, 0, wanted), 0.0)

    @QUICK
    @given(st.decimals(min_value="0.01", max_value=10_000, places=2), st.integers(1, 50))
    def test_unit_prices_multiply_to_the_amount(self, amount, quantity):
        parts = aftersale.unit_prices(amount, quantity)
        self.assertEqual(sum(count for count, _price in parts), quantity)
        self.assertEqual(sum(Decimal(str(count)) * Decimal(str(price)) for count, price in parts), amount)
        self.assertLessEqual(len(parts), 2)

    @QUICK
    @given(st.decimals(min_value=-1000, max_value=1000, places=2), WEIGHTS)
    def test_spread_of_a_refund_adds_up_also_below_zero(self, total, weights):
        parts = aftersale.spread(total, weights)
        if sum(weights):
            self.assertEqual(sum(Decimal(str(part)) for part in parts), total)
        else:
            self.assertEqual(set(parts), {0.0})
