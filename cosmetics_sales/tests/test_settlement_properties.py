"""Whatever a platform writes: amounts tie out to the cent, the order of rows does not matter, nothing counts twice."""

import itertools
from collections import Counter
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.addons.cosmetics_base.tools.file_problem import FileProblem
from odoo.tests import BaseCase, tagged

from ..tools import settlement_file
from ..tools.settlement_line import KINDS, SettlementLine, cents, exact, finish, kind_of, order_of
from .settlement_files import alipay, douyin, pinduoduo, wechat

QUICK = settings(max_examples=50, deadline=None, derandomize=True, database=None)
MONEY = st.decimals(min_value=0, max_value=99_999, places=2)
SIGNED = st.decimals(min_value=-9_999, max_value=9_999, places=2).filter(bool)
ORDERS = st.integers(min_value=10**15, max_value=10**19 - 1).map(str)
DICE = st.randoms(use_true_random=False)
# A statement of one order: what it brought, what was given back, what was kept.
STATEMENTS = st.lists(st.tuples(ORDERS, MONEY, MONEY.map(lambda money: -money), MONEY.map(lambda money: -money)), min_size=1, max_size=15)
LEDGER = st.lists(st.tuples(ORDERS, SIGNED, st.sampled_from(["在线支付", "交易退款", "收费", "提现", "保证金"])), min_size=1, max_size=15)
ZERO = Decimal(0)


def numbered(rows):
    """Give each row a number of its own, as a platform numbers its flows."""
    return [(f"F{number}", *row) for number, row in enumerate(rows)]


def by_order(found):
    """Return {(order, kind): amount}."""
    sums = Counter()
    for line in found.lines:
        sums[line.order_ref, line.kind] += line.amount
    return sums


@tagged("post_install", "-at_install")
class TestSettlementProperties(BaseCase):
    def _read(self, data):
        return settlement_file.read(data, "file.csv")[0]

    def _check_ties_out(self, found, total):
        self.assertEqual(found.total, total)
        self.assertEqual(sum((line.amount for line in found.lines), ZERO), total)
        for kind in KINDS:
            self.assertEqual(found.totals[kind], sum((line.amount for line in found.lines if line.kind == kind), ZERO))
        for line in found.lines:
            self.assertEqual(line.amount, cents(line.amount))
            self.assertTrue(line.amount)

    @QUICK
    @given(STATEMENTS)
    def test_parts_of_a_statement_sum_to_what_moved(self, rows):
        moved = sum((gross + refund + fee for _order, gross, refund, fee in rows), ZERO)
        self._check_ties_out(self._read(douyin(*numbered(rows))), moved)

    @QUICK
    @given(STATEMENTS)
    def test_what_an_order_brought_is_split_as_the_columns_say(self, rows):
        found = by_order(self._read(douyin(*numbered(rows))))
        wanted = Counter()
        for order, gross, refund, fee in rows:
            wanted[order, "sale"] += gross
            wanted[order, "refund"] += refund
            wanted[order, "fee"] += fee
        self.assertEqual(+Counter(found) + -Counter(found), +wanted + -wanted)

    @QUICK
    @given(LEDGER)
    def test_ledger_of_pinduoduo_sums_to_its_rows(self, rows):
        self._check_ties_out(self._read(pinduoduo(*rows)), sum((amount for _order, amount, _kind in rows), ZERO))

    @QUICK
    @given(LEDGER)
    def test_ledger_of_alipay_sums_to_its_rows_and_footers(self, rows):
        found = self._read(alipay(*numbered(rows)))
        self._check_ties_out(found, sum((amount for _order, amount, _kind in rows), ZERO))
        self.assertTrue(found.is_checked)

    @QUICK
    @given(st.lists(st.tuples(ORDERS, MONEY.filter(bool), st.decimals(0, 600, places=5)), min_size=1, max_size=12))
    def test_bill_of_wechat_pay_rounds_each_fee_and_nothing_else(self, rows):
        found = self._read(wechat(*((f"42{number}", order, paid, 0, fee) for number, (order, paid, fee) in enumerate(rows))))
        self._check_ties_out(found, sum((paid - cents(fee) for _order, paid, fee in rows), ZERO))

    @QUICK
    @given(STATEMENTS, DICE)
    def test_rows_in_another_order_give_the_same_movements(self, rows, dice):
        rows = numbered(rows)
        found = self._read(douyin(*rows))
        dice.shuffle(rows)
        again = self._read(douyin(*rows))
        self.assertEqual(sorted(found.lines), sorted(again.lines))
        self.assertEqual(found.totals, again.totals)

    @QUICK
    @given(LEDGER, DICE)
    def test_flows_without_a_number_keep_their_names_in_any_order(self, rows, dice):
        found = self._read(pinduoduo(*rows))
        dice.shuffle(rows)
        again = self._read(pinduoduo(*rows))
        names = [sorted((line.reference, line.part) for line in lines) for lines in (found.lines, again.lines)]
        self.assertEqual(*names)

    @QUICK
    @given(STATEMENTS)
    def test_file_that_repeats_itself_counts_once(self, rows):
        rows = numbered(rows)
        once, twice = self._read(douyin(*rows)), self._read(douyin(*rows, *rows))
        self.assertEqual(once.lines, twice.lines)
        self.assertEqual(twice.repeated, len(once.lines))

    @QUICK
    @given(STATEMENTS, st.integers(0, 14))
    def test_two_halves_of_a_file_are_the_whole(self, rows, cut):
        rows = numbered(rows)
        whole = self._read(douyin(*rows))
        halves = [self._read(douyin(*part)) for part in (rows[:cut], rows[cut:]) if part]
        self.assertEqual(sorted(whole.lines), sorted(itertools.chain(*(half.lines for half in halves))))

    @QUICK
    @given(STATEMENTS)
    def test_no_two_movements_of_a_file_bear_the_same_name(self, rows):
        lines = self._read(douyin(*numbered(rows), *numbered(rows))).lines
        self.assertEqual(len({(line.reference, line.part) for line in lines}), len(lines))

    @QUICK
    @given(LEDGER, st.integers(0, 14), st.decimals(min_value=Decimal("0.01"), max_value=99, places=2))
    def test_bill_whose_total_is_not_that_of_its_rows_is_refused(self, rows, place, more):
        rows = numbered(rows)
        text = alipay(*rows).decode("gbk")
        number, order, amount, kind = rows[place % len(rows)]
        other = amount + more if amount > 0 else amount - more
        spoilt = text.replace(f"\t,{amount}\t", f"\t,{other}\t", 1).encode("gbk")
        with self.assertRaises(FileProblem) as caught:
            self._read(spoilt)
        self.assertEqual(caught.exception.code, "totals_differ")

    # ------------------------------------------------------------------ the pieces
    @QUICK
    @given(st.text(max_size=20), SIGNED)
    def test_every_movement_has_a_kind(self, words, amount):
        self.assertIn(kind_of(words, amount), KINDS)

    @QUICK
    @given(SIGNED)
    def test_amount_is_read_as_it_was_written(self, amount):
        for text in (str(amount), f"`{amount}", f"￥{amount}", f"{amount}元", f"{amount:,}\t"):
            self.assertEqual(exact(text), amount)

    @QUICK
    @given(ORDERS)
    def test_order_number_behind_the_trade_number_of_alipay_comes_out_whole(self, number):
        self.assertEqual(order_of(f"T200P{number}"), number)
        self.assertEqual(order_of(number), number)

    @QUICK
    @given(st.lists(st.tuples(st.sampled_from("ABC"), SIGNED), max_size=12))
    def test_flows_without_a_number_are_all_kept_and_numbered(self, rows):
        lines = [SettlementLine("sale", "1", amount, None, reference) for reference, amount in rows]
        found = finish("x", lines, counted=True)
        self.assertEqual([line.amount for line in found.lines], [amount for _reference, amount in rows])
        self.assertEqual(len({(line.reference, line.part) for line in found.lines}), len(rows))
        self.assertEqual(found.repeated, 0)
