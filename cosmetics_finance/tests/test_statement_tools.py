"""The calculations without a database: what holds for any numbers."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools import cash_flow, statement
from ..tools.cash_flow import Book, Classifier, Line, Rule, split
from ..tools.period import make_period
from ..tools.statement import Definition, Row
from ..tools.voucher import find_gaps, in_capitals, paginate

CENTS = st.integers(-(10**9), 10**9)
CODES = st.sampled_from(("100100", "100200", "112200", "112201", "220300", "500100", "560101", "990099"))
SMALL = (
    Row("1", "amount", accounts="10"),
    Row("4", "amount", accounts="D1122* D2203*"),
    Row("14", "amount", accounts="D5001"),
    Row("34", "amount", True, accounts="C2203* C1122*"),
    Row("36", "amount", True, accounts="C5001"),
    Row("51", "amount", True, accounts="56"),
    Row("52", "of_which", True, accounts="5601"),
    Row("60", "total", accounts="", total="1+4+14-34-36-51"),
)
RULES = (
    Rule(1, "1122 5001", "1122 5001"),
    Rule(2, "2241", "", is_other=True),
    Rule(3, "2202", "2202"),
    Rule(6, "", "5602 2241", is_other=True, is_credit=True),
)
quick = settings(max_examples=150, deadline=None, derandomize=True, database=None)


@tagged("post_install", "-at_install")
class TestStatementTools(BaseCase):
    @quick
    @given(st.lists(st.tuples(CODES, st.integers(1, 3), CENTS), max_size=20))
    def test_nothing_is_lost_between_balances_and_rows(self, drawn):
        balances = [(code, partner, [Decimal(cents)]) for code, partner, cents in drawn]
        figures, unmapped = Definition(SMALL).compute(balances, 1)
        total = sum(cents for _code, _partner, cents in drawn)
        self.assertEqual(figures["60"][0] + sum(amounts[0] for amounts in unmapped.values()), total)

    @quick
    @given(st.lists(st.tuples(CODES, st.integers(1, 3), CENTS), max_size=12))
    def test_the_order_of_the_balances_does_not_matter(self, drawn):
        balances = [(code, partner, [Decimal(cents), Decimal(-cents)]) for code, partner, cents in drawn]
        self.assertEqual(Definition(SMALL).compute(balances, 2), Definition(SMALL).compute(balances[::-1], 2))

    @quick
    @given(st.lists(st.tuples(st.integers(1, 3), CENTS), max_size=12))
    def test_receivables_by_partner_are_never_negative(self, drawn):
        figures, _unmapped = Definition(SMALL).compute([("112200", partner, [Decimal(cents)]) for partner, cents in drawn], 1)
        self.assertGreaterEqual(figures["4"][0], 0)
        self.assertGreaterEqual(figures["34"][0], 0)
        self.assertEqual(figures["4"][0] - figures["34"][0], sum(cents for _partner, cents in drawn))

    def test_the_longest_prefix_wins(self):
        rows = Definition([Row("a", "amount", accounts="22"), Row("b", "amount", accounts="2221"), Row("c", "amount", accounts="222101")])
        self.assertEqual([rows.rows_of(code) for code in ("220200", "222100", "22210107", "3")], [["a"], ["b"], ["c"], []])

    def test_a_part_shown_again_is_counted_once(self):
        figures, _unmapped = Definition(SMALL).compute([("560101", None, [Decimal(-7)])], 1)
        self.assertEqual((figures["51"], figures["52"], figures["60"]), ([7], [7], [-7]))

    def test_a_divided_account_changes_sides_from_column_to_column(self):
        figures, _unmapped = Definition(SMALL).compute([("500100", None, [Decimal(5), Decimal(-5)])], 2)
        self.assertEqual((figures["14"], figures["36"]), ([5, 0], [0, 5]))

    def test_faults_of_a_definition_are_named(self):
        cases = {
            ("total", "1 + +"): [Row("1", "total", total="1 + +")],
            ("circle", "2"): [Row("1", "total", total="2"), Row("2", "total", total="1")],
            ("unknown_row", "9"): [Row("1", "total", total="9")],
            ("one_sided", "1122"): [Row("1", "amount", accounts="D1122*"), Row("2", "amount", accounts="C1122")],
            ("twice", "1001"): [Row("1", "amount", accounts="1001 1001")],
            ("accounts", "12a"): [Row("1", "of_which", accounts="12a")],
        }
        for fault, rows in cases.items():
            self.assertIn(fault, statement.find_faults(rows))

    def test_a_sound_definition_has_no_fault(self):
        self.assertEqual(statement.find_faults(SMALL), [])
        self.assertEqual(cash_flow.find_faults(RULES), [])

    # ------------------------------------------------------------------ cash flow
    @quick
    @given(CENTS, st.lists(st.integers(1, 10**9), min_size=1, max_size=8))
    def test_shares_sum_up_to_the_cent(self, amount, weights):
        parts = split(amount, weights)
        self.assertEqual((sum(parts), len(parts)), (amount, len(weights)))
        for part, weight in zip(parts, weights, strict=True):
            self.assertLessEqual(abs(part - amount * weight / sum(weights)), 1.001)

    @quick
    @given(
        st.lists(st.tuples(CODES, CENTS, st.booleans()), min_size=1, max_size=6),
        st.lists(st.tuples(CODES, CENTS, st.booleans()), max_size=4),
        st.integers(1, 10**6),
    )
    def test_the_rows_of_an_entry_sum_up_to_its_cash(self, lines, others, matched):
        """Whatever an entry is made of and reconciled with: nothing is lost, nothing is made up."""
        items = [Line(index, code, cents, code.startswith("10"), is_tax) for index, (code, cents, is_tax) in enumerate(lines)]
        far = [Line(100 + index, code, cents, code.startswith("10"), is_tax) for index, (code, cents, is_tax) in enumerate(others)]
        matches = {item.id: [(2, 100, matched)] for item in items if not item.is_cash} if far else {}
        flows = Classifier(RULES).classify(1, Book({1: items, 2: far}, matches))
        self.assertEqual(sum(flows.values()), sum(item.amount for item in items if item.is_cash))

    def test_a_row_chosen_by_hand_takes_its_line_and_no_other(self):
        lines = [Line(1, "100200", -60, True, override=3), Line(2, "100100", -40, True), Line(3, "560200", 100)]
        self.assertEqual(Classifier(RULES).classify(1, Book({1: lines}, {})), {(3, False): -60, (6, False): -40})

    def test_tax_alone_is_tax(self):
        lines = [Line(1, "100200", 13, True), Line(2, "500100", -13, is_tax=True)]
        self.assertEqual(Classifier(RULES).classify(1, Book({1: lines}, {})), {(1, False): 13})

    def test_entries_reconciled_in_a_circle_come_to_an_end(self):
        entries = {
            1: [Line(1, "220200", 50), Line(2, "100200", -50, True)],
            2: [Line(3, "220200", -50), Line(4, "224100", 50)],
            3: [Line(5, "224100", -50), Line(6, "220200", 50)],
        }
        matches = {1: [(2, 3, 50)], 4: [(3, 5, 50)], 6: [(1, 1, 50)]}
        self.assertEqual(Classifier(RULES).classify(1, Book(entries, matches)), {(3, False): -50})

    def test_a_payment_of_a_payment_stays_what_it_was(self):
        entries = {
            1: [Line(1, "220200", 50), Line(2, "100200", -50, True)],
            2: [Line(3, "220200", -50), Line(4, "100200", 50, True)],
        }
        self.assertEqual(Classifier(RULES).classify(1, Book(entries, {1: [(2, 3, 50)]})), {(3, False): -50})

    def test_an_account_no_rule_names_is_other_money_of_its_direction(self):
        classifier = Classifier(RULES)
        self.assertEqual([classifier.find("990099", inward) for inward in (True, False)], [(2, True), (6, True)])

    # ------------------------------------------------------------------ periods and vouchers
    @quick
    @given(st.integers(2000, 2099), st.integers(1, 12), st.sampled_from(("month", "quarter", "year")))
    def test_a_period_holds_its_month_and_ends_before_the_next(self, year, month, kind):
        period = make_period(kind, year, month)
        self.assertLessEqual(period.begin, date(year, month, 1))
        self.assertGreaterEqual(period.end, date(year, month, 28))
        self.assertEqual((period.end + timedelta(days=1)).day, 1)
        self.assertEqual((period.opening.month, period.opening.day, period.last_year().end.month), (12, 31, period.end.month))

    def test_amounts_in_capitals(self):
        known = {
            "0.05": "伍分",
            "10": "壹拾元整",
            "1005": "壹仟零伍元整",
            "1234.56": "壹仟贰佰叁拾肆元伍角陆分",
            "100000.05": "壹拾万元零伍分",
            "-113": "负壹佰壹拾叁元整",
        }
        self.assertEqual({amount: in_capitals(Decimal(amount)) for amount in known}, known)

    @quick
    @given(st.lists(st.tuples(st.decimals(-9999, 9999, places=2), st.decimals(-9999, 9999, places=2)), max_size=30), st.integers(1, 9))
    def test_the_pages_of_a_voucher_hold_each_line_once(self, lines, size):
        pages = paginate(lines, size)
        self.assertEqual([line for page in pages for line in page.lines], lines)
        self.assertEqual({len(page.lines) + page.blanks for page in pages}, {size})
        self.assertEqual([page.debit is None for page in pages], [True] * (len(pages) - 1) + [False])
        self.assertEqual((pages[-1].debit, pages[-1].credit), tuple(sum(line[side] for line in lines) for side in (0, 1)))

    def test_numbers_without_gaps_have_none(self):
        self.assertEqual((find_gaps([]), find_gaps([1, 2, 3]), find_gaps([2, 5])), ([], [], [1, 3, 4]))
