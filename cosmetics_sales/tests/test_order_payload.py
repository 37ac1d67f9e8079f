"""An order on its way in: every field right or refused with its name, so that a program knows what to mend."""

import json
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools.order_payload import MOST_LINES, STATES, PayloadProblem, read_payload, receivable_of

QUICK = settings(max_examples=300, deadline=None, derandomize=True, database=None)
LINE = {"merchant_sku": "A1", "qty": 1}
ORDER = {"order_no": "42", "lines": [LINE]}
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
FIELDS = (
    *("order_no", "state", "receiver", "phone", "paid", "receivable", "freight", "refund"),
    *("paid_at", "created_at", "ship_by", "lines", "is_masked"),
)


@tagged("post_install", "-at_install")
class TestOrderPayload(BaseCase):
    def _problem(self, **changes):
        with self.assertRaises(PayloadProblem) as caught:
            read_payload({**ORDER, **changes})
        return caught.exception.code, caught.exception.field

    def _line_problem(self, **changes):
        return self._problem(lines=[{**LINE, **changes}])

    @QUICK
    @given(st.dictionaries(st.sampled_from(FIELDS), ANYTHING))
    def test_any_json_is_read_or_refused(self, values):
        try:
            order = read_payload(values)
        except PayloadProblem as problem:
            self.assertTrue(problem.code)
            self.assertTrue(problem.field)
        else:
            json.dumps(order)
            self.assertEqual(read_payload(order), order, "what was read is read the same again")
            self.assertIsInstance(receivable_of(order), Decimal)

    def test_the_least_an_order_needs(self):
        order = read_payload(ORDER)
        self.assertEqual((order["order_no"], order["state"], order["receivable"], order["is_masked"]), ("42", None, None, False))
        self.assertEqual(order["lines"][0]["merchant_sku"], "A1")

    def test_what_is_no_order(self):
        for value in (None, [], "42", 42, True):
            with self.subTest(value=value), self.assertRaises(PayloadProblem) as caught:
                read_payload(value)
            self.assertEqual((caught.exception.code, caught.exception.field), ("shape", "order"))

    def test_a_number_that_names_something_is_no_float(self):
        for value in (4.610100000000001e15, True, [], {}):
            with self.subTest(value=value):
                self.assertEqual(self._problem(order_no=value), ("text", "order_no"))
        self.assertEqual(read_payload({**ORDER, "order_no": 4610100000000001})["order_no"], "4610100000000001")

    def test_a_blank_number_is_none(self):
        for value in ("", "  ", None, False, "\0"):
            with self.subTest(value=value):
                self.assertEqual(self._problem(order_no=value), ("missing", "order_no"))

    def test_endless_texts_are_refused(self):
        self.assertEqual(self._problem(buyer_note="长" * 2001), ("text", "buyer_note"))
        self.assertEqual(len(read_payload({**ORDER, "buyer_note": "长" * 2000})["buyer_note"]), 2000)

    def test_amounts(self):
        for value, text in (("99.9", "99.90"), (99.9, "99.90"), (100, "100.00"), ("0", "0.00"), ("-3", "-3.00"), ("", None), (None, None)):
            with self.subTest(value=value):
                self.assertEqual(read_payload({**ORDER, "paid": value})["paid"], text)
        for value in ("ten", "NaN", "Infinity", "1e10", [], {}, True, "1,000"):
            with self.subTest(value=value):
                self.assertEqual(self._problem(paid=value), ("amount", "paid"))

    def test_moments_are_utc(self):
        for value, text in (
            ("2026-11-11T08:00:00+08:00", "2026-11-11 00:00:00"),
            ("2026-11-11 00:00:00", "2026-11-11 00:00:00"),
            ("2026-11-10T16:00:00Z", "2026-11-10 16:00:00"),
            (None, None),
        ):
            with self.subTest(value=value):
                self.assertEqual(read_payload({**ORDER, "paid_at": value})["paid_at"], text)
        for value in ("soon", "2026-13-01", "1999-01-01", "2101-01-01", "11/11/2026"):
            with self.subTest(value=value):
                self.assertEqual(self._problem(paid_at=value), ("moment", "paid_at"))

    def test_states(self):
        for state in STATES:
            with self.subTest(state=state):
                self.assertEqual(read_payload({**ORDER, "state": state})["state"], state)
        self.assertEqual(self._problem(state="lost"), ("state", "state"))

    def test_lines(self):
        for lines in (None, [], {}, "A1", [LINE] * (MOST_LINES + 1)):
            with self.subTest(lines=str(lines)[:20]):
                self.assertEqual(self._problem(lines=lines), ("lines", "lines"))
        self.assertEqual(self._problem(lines=["A1"]), ("shape", "line"))
        self.assertEqual(self._problem(lines=[{"qty": 1}]), ("missing", "merchant_sku"))
        for name in ("merchant_sku", "platform_sku", "barcode", "title"):
            with self.subTest(name=name):
                self.assertEqual(read_payload({**ORDER, "lines": [{name: "X", "qty": 1}]})["lines"][0][name], "X")

    def test_quantities(self):
        for value, quantity in ((1, 1.0), ("2", 2.0), (0.5, 0.5), (1e6, 1e6)):
            with self.subTest(value=value):
                self.assertEqual(read_payload({**ORDER, "lines": [{**LINE, "qty": value}]})["lines"][0]["qty"], quantity)
        for value in (0, -1, None, "", "two", True, float("nan"), float("inf"), 1e6 + 1, []):
            with self.subTest(value=value):
                self.assertEqual(self._line_problem(qty=value), ("quantity", "qty"))

    def test_one_line_number_twice(self):
        lines = [{**LINE, "sub_no": number} for number in ("1", "2", "2")]
        self.assertEqual(self._problem(lines=lines), ("twice", "sub_no"))
        read_payload({**ORDER, "lines": [{**LINE, "sub_no": ""}, {**LINE, "sub_no": ""}]})

    def test_receivable_as_told_else_paid_else_listed(self):
        lines = [{**LINE, "amount": "10"}, {**LINE, "unit_price": "4", "qty": 2}]
        for told, amount in (
            ({"receivable": "99", "paid": "90"}, "99.00"), ({"paid": "90"}, "90.00"), ({"receivable": "0", "paid": "90"}, "0.00"),
            ({"freight": "5"}, "23.00"), ({}, "18.00"),
        ):  # fmt: skip
            with self.subTest(told=told):
                order = read_payload({"order_no": "1", "lines": lines, **told})
                self.assertEqual(receivable_of(order), Decimal(amount))
