"""Lines of one order: taken apart, numbered so that any file gives the same, priced to the cent."""

from decimal import Decimal
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools.order_lines import number_lines, price_lines
from ..tools.order_values import OrderFault

QUICK = settings(max_examples=150, deadline=None, derandomize=True, database=None)


def profile(joined_by="", kind="both", columns=(), order_level=()):
    """Return as much of a profile as lines need."""
    return SimpleNamespace(
        kind=kind,
        joined_by=joined_by,
        columns={"qty": ("数量",), **{name: (name,) for name in columns}},
        order_level=frozenset(order_level),
        state_of=lambda text: {"已发货": "shipped"}.get(text),
    )


def part(sheet="a", row_no=1, layout=None, **values):
    """Return a row that was read: canonical field -> value."""
    row = SimpleNamespace(sheet_key=(sheet,), file=sheet, sheet="", row_no=row_no, cells={})
    return SimpleNamespace(profile=layout or profile(), row=row, values={"qty": 1, **values})


def fault(*parts):
    """Return the code and facts of the fault that these rows have."""
    try:
        number_lines(list(parts))
    except OrderFault as found:
        return found.code, found.facts
    raise AssertionError("no fault")


@tagged("post_install", "-at_install")
class TestNumberLines(BaseCase):
    def _numbers(self, *parts):
        return [(line["sub_no"], line["qty"]) for line in number_lines(list(parts))[0]]

    def test_platform_numbers_stay(self):
        self.assertEqual(self._numbers(part(sub_no="9", qty=2), part(sub_no="8", row_no=2)), [("8", 1), ("9", 2)])

    def test_without_a_number_the_goods_and_a_count_among_equals(self):
        rows = part(merchant_sku="A"), part(merchant_sku="B", row_no=2), part(merchant_sku="A", qty=3, row_no=3)
        self.assertEqual(self._numbers(*rows), [("A#1", 1), ("A#2", 3), ("B#1", 1)])

    @QUICK
    @given(st.permutations([("A", 1, "x"), ("A", 2, "x"), ("A", 2, "y"), ("B", 1, ""), ("B", 1, "")]))
    def test_a_file_in_another_order_gives_the_same_numbers(self, rows):
        parts = [part(merchant_sku=code, qty=qty, spec=spec, row_no=number) for number, (code, qty, spec) in enumerate(rows)]
        self.assertEqual(self._numbers(*parts), [("A#1", 1), ("A#2", 2), ("A#3", 2), ("B#1", 1), ("B#2", 1)])

    def test_goods_without_any_code_are_named_by_their_title(self):
        self.assertEqual(self._numbers(part(title="口红", spec="正红")), [("口红/正红#1", 1)])
        self.assertEqual(self._numbers(part(barcode="690", title="口红")), [("690#1", 1)])

    def test_a_line_in_two_files_is_one(self):
        self.assertEqual(self._numbers(part(sheet="a", sub_no="1"), part(sheet="b", sub_no="1")), [("1", 1)])

    def test_the_later_file_knows_the_state(self):
        layout = profile(columns=("sub_no", "line_status"))
        old, new = part("a", layout=layout, sub_no="1"), part("b", layout=layout, sub_no="1", line_status="已发货")
        lines, survivors = number_lines([old, new])
        self.assertEqual([line["status"] for line in lines], ["shipped"])
        self.assertEqual(survivors, {id(new)})

    def test_two_files_that_disagree_are_refused(self):
        for changed in ({"qty": 2}, {"merchant_sku": "B"}, {"unit_price": Decimal(9)}, {"is_gift": True}):
            with self.subTest(changed=changed):
                self.assertEqual(fault(part("a", sub_no="1"), part("b", **{"sub_no": "1", **changed})), ("files_disagree", {"line": "1"}))

    def test_a_number_twice_in_one_file_is_refused(self):
        self.assertEqual(fault(part(sub_no="7"), part(sub_no="7", row_no=2)), ("duplicate_line", {"line": "7"}))

    def test_heads_bring_no_lines(self):
        self.assertEqual(number_lines([part(layout=profile(kind="orders"))]), ([], set()))

    def test_what_costs_nothing_is_a_gift(self):
        free, gift = part(merchant_sku="A", unit_price=Decimal(0)), part(merchant_sku="B", is_gift=True)
        lines, _survivors = number_lines([free, gift, part(merchant_sku="C", unit_price=Decimal(1))])
        self.assertEqual([line["is_gift"] for line in lines], [True, True, False])


@tagged("post_install", "-at_install")
class TestJoinedCells(BaseCase):
    """Some platforms put all the goods of an order into one cell."""

    def _lines(self, **values):
        lines, _survivors = number_lines([part(layout=profile(joined_by=";"), **values)])
        return [(line["merchant_sku"], line["qty"], line["unit_price"], line["sub_no"]) for line in lines]

    def test_codes_and_counts_belong_together(self):
        found = self._lines(merchant_sku="A;B", qty="2;1", unit_price="10;5.50", sub_no="1;2")
        self.assertEqual(found, [("A", 2, Decimal("10.00"), "1"), ("B", 1, Decimal("5.50"), "2")])

    def test_full_width_signs_part_too(self):
        self.assertEqual([line[:2] for line in self._lines(merchant_sku="A；B", qty="2；1")], [("A", 2), ("B", 1)])

    def test_one_number_for_several_goods_is_counted_on(self):
        self.assertEqual([line[3] for line in self._lines(merchant_sku="A;B", qty="1;1", sub_no="9")], ["9-1", "9-2"])

    def test_one_price_for_several_goods_is_the_price_of_none(self):
        self.assertEqual([line[2] for line in self._lines(merchant_sku="A;B", qty="1;1", unit_price="10")], [None, None])

    def test_codes_and_counts_that_do_not_match_are_refused(self):
        for values in ({"merchant_sku": "A;B;C", "qty": "1;1"}, {"merchant_sku": "A;B", "qty": 1}, {"merchant_sku": "A;B", "qty": "1;1;1"}):
            with self.subTest(values=values):
                self.assertEqual(fault(part(layout=profile(joined_by=";"), **values))[0], "joined_mismatch")

    def test_a_count_that_is_none_is_named(self):
        for qty, code in (("1;两", "not_quantity"), ("1;0", "not_quantity"), ("1;", "missing")):
            with self.subTest(qty=qty):
                self.assertEqual(fault(part(layout=profile(joined_by=";"), merchant_sku="A;B", qty=qty))[0], code)


@tagged("post_install", "-at_install")
class TestPriceLines(BaseCase):
    def _priced(self, amount, *rows):
        lines = [{"amount": None, "unit_price": None, "qty": 1, "is_gift": False, **row} for row in rows]
        price_lines(lines, Decimal(amount))
        return [str(line["amount"]) for line in lines]

    def test_amounts_of_the_file_weigh(self):
        self.assertEqual(self._priced("90", {"amount": Decimal(60)}, {"amount": Decimal(40)}), ["54.00", "36.00"])

    def test_a_missing_amount_leaves_it_to_the_price(self):
        rows = {"amount": Decimal(1), "unit_price": Decimal(10)}, {"unit_price": Decimal(5), "qty": 2}
        self.assertEqual(self._priced("30", *rows), ["15.00", "15.00"])

    def test_a_missing_price_leaves_it_to_the_pieces(self):
        self.assertEqual(self._priced("30", {"unit_price": Decimal(10)}, {"qty": 2}), ["10.00", "20.00"])

    def test_gifts_get_nothing_beside_goods(self):
        self.assertEqual(self._priced("30", {"is_gift": True, "unit_price": Decimal(99)}, {"unit_price": Decimal(1)}), ["0.00", "30.00"])
        self.assertEqual(self._priced("3", {"is_gift": True}, {"is_gift": True, "qty": 2}), ["1.00", "2.00"])

    @QUICK
    @given(
        st.decimals(min_value=0, max_value=10_000, places=2),
        st.lists(st.tuples(st.decimals(min_value=0, max_value=999, places=2), st.integers(1, 9), st.booleans()), min_size=1, max_size=8),
    )
    def test_lines_add_up_to_the_order(self, amount, rows):
        lines = [{"amount": None, "unit_price": price, "qty": qty, "is_gift": is_gift} for price, qty, is_gift in rows]
        price_lines(lines, amount)
        self.assertEqual(sum(line["amount"] for line in lines), amount)
        if not all(line["is_gift"] for line in lines):
            self.assertEqual({line["amount"] for line in lines if line["is_gift"]} - {Decimal(0)}, set())
