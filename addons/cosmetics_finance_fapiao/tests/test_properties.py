"""Whatever the amounts: sums tie, cents are rounded half up, nothing is lost in between."""

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools import vat
from ..tools.issue import Issue, IssueLine, check, line_tax, serial_of, serials_in, spread_discounts
from ..tools.issue_file import HEAD, LINES, head_row, line_row, write
from ..tools.kinds import KINDS, kind_of
from ..tools.match import Paper, propose
from ..tools.money import CENT, ZERO, exact, half_up, split
from ..tools.period import due_day, is_whole, period_of
from ..tools.platform_list import read_sheets

QUICK = settings(max_examples=200, deadline=None, derandomize=True, database=None)
cents = st.integers(-(10**9), 10**9).map(lambda number: Decimal(number) / 100)
positive = st.integers(1, 10**8).map(lambda number: Decimal(number) / 100)
rates = st.sampled_from([Decimal("0.13"), Decimal("0.09"), Decimal("0.06"), Decimal("0.03"), Decimal("0.01")])


class Sheet:
    """A sheet as the reader gives it."""

    def __init__(self, rows):
        self.rows = iter(rows)


@tagged("post_install", "-at_install")
class TestProperties(BaseCase):
    @QUICK
    @given(cents, st.lists(st.integers(0, 10**6), min_size=1, max_size=8))
    def test_parts_add_up_and_are_cents(self, amount, weights):
        parts = split(amount, weights)
        self.assertEqual(sum(parts), amount)
        self.assertTrue(all(part == part.quantize(CENT) for part in parts))

    @QUICK
    @given(st.floats(-1e9, 1e9, allow_nan=False))
    def test_floats_become_the_cents_that_are_shown(self, value):
        self.assertEqual(exact(value), Decimal(repr(value)).quantize(CENT, rounding=ROUND_HALF_UP))

    @QUICK
    @given(cents, cents, cents, cents, positive)
    def test_what_a_general_taxpayer_owes_is_output_less_everything_else(self, output, input_tax, out, before, paid):
        owed = vat.general(output, input_tax=input_tax, transferred_out=out, credit_before=before, paid=paid)
        self.assertEqual(owed.payable - owed.credit_after, output - (input_tax - out) - before)
        self.assertEqual(owed.unpaid - owed.overpaid, owed.payable - paid)
        self.assertEqual(owed.balance, output - (input_tax - out) - before - paid)
        self.assertFalse(owed.payable and owed.credit_after)

    @QUICK
    @given(positive, st.booleans())
    def test_surcharges_are_twelve_percent_within_a_cent_and_a_half(self, base, has_relief):
        parts = {"urban": Decimal("0.07"), "education": Decimal("0.03"), "local": Decimal("0.02")}
        share = Decimal("0.5") if has_relief else Decimal(1)
        total = sum(vat.surcharges(base, parts, share).values())
        self.assertLessEqual(abs(total - base * Decimal("0.12") * share), Decimal("0.015"))

    @QUICK
    @given(positive, positive, positive)
    def test_small_scale_tax_is_payable_or_free_never_both(self, sales, tax, threshold):
        special = half_up(tax / 3)
        owed = vat.small(sales, tax, special, threshold)
        self.assertEqual(owed.payable + owed.exempt_tax, tax)
        self.assertEqual(owed.is_exempt, sales <= threshold)

    @QUICK
    @given(positive, positive, positive)
    def test_input_tax_that_moves_is_the_gap_or_all_that_waits(self, ledger, certified, waiting):
        moved = vat.reclassified(ledger, certified, waiting)
        self.assertIn(moved, (ledger - certified, -waiting))
        self.assertGreaterEqual(moved, max(ledger - certified, -waiting))

    @QUICK
    @given(st.lists(st.tuples(positive, rates), min_size=1, max_size=8), st.integers(0, 99), st.booleans())
    def test_issued_lines_give_the_total_of_the_invoice(self, goods, percent, is_included):
        lines = [IssueLine("面霜", "1" * 19, amount, rate) for amount, rate in goods]
        rate = goods[0][1]
        there = sum(line.net for line in lines if line.rate == rate)
        discount = half_up(there * percent / 100)
        assume(discount < there)
        reduced = spread_discounts([*lines, IssueLine("满减", "1" * 19, -discount, rate)] if discount else lines)
        net = sum(line.net for line in lines) - discount
        self.assertEqual(sum(line.net for line in reduced), net)
        assume(all(line.net > 0 for line in reduced))
        tax = sum(line_tax(line, is_included) for line in reduced)
        total = net if is_included else net + tax
        issue = Issue("XA1-1", False, is_included, "王芳", "", "", reduced, total, tax)
        self.assertEqual(check(issue), [])
        within = Issue("XA1-1", False, is_included, "王芳", "", "", reduced, total if is_included else total + CENT, tax + CENT)
        self.assertEqual(check(within), ["tax_cents"])

    @QUICK
    @given(positive, rates)
    def test_tax_of_a_line_is_half_up_and_the_two_ways_agree_within_a_cent(self, net, rate):
        tax = line_tax(IssueLine("面霜", "1" * 19, net, rate), False)
        self.assertEqual(tax, (net * rate).quantize(CENT, rounding=ROUND_HALF_UP))
        included = line_tax(IssueLine("面霜", "1" * 19, net + tax, rate), True)
        self.assertLessEqual(abs(included - tax), CENT)

    @QUICK
    @given(st.integers(1, 10**9), st.integers(1, 9999), st.text("感谢惠顾 ，,.!", max_size=20))
    def test_serial_is_found_in_any_remark_and_fits_the_platform(self, move_id, attempt, words):
        serial = serial_of(move_id, attempt)
        self.assertEqual(serials_in(f"{words} {serial} {words}"), [serial])
        self.assertLessEqual(len(serial), 20)

    @QUICK
    @given(st.text(max_size=30))
    def test_every_label_has_a_kind(self, label):
        self.assertIn(kind_of(label), dict(KINDS))

    @QUICK
    @given(st.dates(), st.sampled_from(["month", "quarter"]))
    def test_a_day_lies_in_its_period_and_the_period_is_whole(self, day, length):
        assume(day.year < 9998)
        first, last = period_of(day, length)
        self.assertTrue(first <= day <= last)
        self.assertEqual(is_whole(first, last), length)
        self.assertGreaterEqual((due_day(last) - last).days, 15)
        self.assertLess(due_day(last).weekday(), 5)

    @QUICK
    @given(st.lists(st.tuples(st.integers(0, 3), cents), max_size=12))
    def test_sums_of_a_list_are_those_of_its_rows(self, cells):
        header = ["数电发票号码", "开票日期", "销方识别号", "购方识别号", "金额", "税额", "货物或应税劳务名称"]
        # A cell that is no amount of its own spoils its invoice, not the sums.
        rows = [
            [f"2661200000000000{number:04d}", "2026-11-20" if number else "坏", "A", "B", f"{amount:.2f}", "0.00", "面霜"]
            for number, amount in cells
        ]
        content = read_sheets([Sheet([header, *rows])], "list.xlsx")
        self.assertEqual(content.amount, sum((amount for _number, amount in cells), ZERO))
        self.assertEqual({record.number[-4:] for record in content.records}, {f"{number:04d}" for number, _amount in cells if number})

    @QUICK
    @given(st.lists(st.tuples(cents, st.dates()), max_size=6), cents, st.dates())
    def test_proposal_has_the_amount_and_no_candidate_is_nearer(self, others, total, day):
        party = frozenset(["X"])
        papers = [Paper(key, party, amount, other_day) for key, (amount, other_day) in enumerate(others)]
        found = propose(Paper(99, party, total, day), papers)
        fitting = [paper for paper in papers if paper.total == total and abs((paper.day - day).days) <= 90]
        self.assertEqual(bool(found), bool(fitting))
        if found:
            self.assertEqual(papers[found.key].total, total)
            self.assertEqual(abs((papers[found.key].day - day).days), min(abs((paper.day - day).days) for paper in fitting))

    @QUICK
    @given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40))
    def test_rows_of_the_file_are_complete_and_texts_stay_texts(self, name):
        line = IssueLine(name, "1" * 19, Decimal("1.00"), None, Decimal("3"), Decimal("0.3333333333"))
        issue = Issue("XA1-1", True, True, name, "X", name, (line,), Decimal("1.00"), ZERO)
        self.assertLessEqual(head_row(issue).keys(), set(HEAD))
        self.assertLessEqual(line_row(issue, line).keys(), set(LINES))
        self.assertEqual((line_row(issue, line)["数量"], line_row(issue, line)["单价"]), ("3", "0.3333333333"))
        self.assertTrue(write([issue]).startswith(b"PK"))
