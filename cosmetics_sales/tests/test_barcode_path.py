"""Barcodes of labels can be read again, whatever number stands in them."""

import doctest
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from ..tools import barcode_path, label_size, natural_key

QUICK = settings(max_examples=150, deadline=None, derandomize=True, database=None)
NUMBER = st.from_regex(r"[A-Z]{0,4}[0-9A-Z]{6,28}", fullmatch=True)
BAR = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def symbols(path, width):
    """Return the widths of bars and gaps of a Code 128, six to a symbol, as a scanner sees them."""
    bars = [(int(at), int(size)) for at, _y, size, _back in BAR.findall(path)]
    runs, end = [], None
    for at, size in bars:
        if end is not None:
            runs.append(at - end)
        runs.append(size)
        end = at + size
    assert end + barcode_path.QUIET == width
    return [tuple(runs[start : start + 6]) for start in range(0, len(runs) - 7, 6)], tuple(runs[-7:])


@tagged("post_install", "-at_install")
class TestBarcodePath(BaseCase):
    def test_doctests(self):
        for module in (barcode_path, label_size, natural_key):
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 0, module.__name__)
            self.assertEqual(result.failed, 0, module.__name__)

    @QUICK
    @given(NUMBER)
    def test_every_symbol_is_eleven_modules_and_the_end_thirteen(self, number):
        width, path = barcode_path.code128(number)
        inner, end = symbols(path, width)
        self.assertEqual({sum(symbol) for symbol in inner}, {11})
        self.assertEqual(sum(end), 13)
        self.assertEqual(end, (2, 3, 3, 1, 1, 1, 2))
        self.assertTrue(all(1 <= run <= 4 for symbol in inner for run in symbol))
        # Bars of a symbol add up to an even number: what scanners check first.
        self.assertTrue(all(sum(symbol[::2]) % 2 == 0 for symbol in inner))

    @QUICK
    @given(NUMBER, NUMBER)
    def test_different_numbers_look_different(self, one, two):
        self.assertEqual(one == two, barcode_path.code128(one) == barcode_path.code128(two))

    @QUICK
    @given(NUMBER)
    def test_a_number_starts_with_a_start_symbol(self, number):
        inner, _end = symbols(*reversed(barcode_path.code128(number)))
        # Widths of START A, B and C by the standard.
        self.assertIn(inner[0], {(2, 1, 1, 4, 1, 2), (2, 1, 1, 2, 1, 4), (2, 1, 1, 2, 3, 2)})

    def test_digits_go_two_to_a_symbol(self):
        digits, letters = barcode_path.code128("1234567890")[0], barcode_path.code128("ABCDEFGHIJ")[0]
        self.assertLess(digits, letters)

    def test_what_no_scanner_reads_is_not_drawn(self):
        for number in ("", None, False, "顺丰123456", "SF\n123456"):
            with self.subTest(number=number):
                self.assertIsNone(barcode_path.code128(number))

    @QUICK
    @given(st.from_regex(r"[A-Z0-9/]{1,24}", fullmatch=True))
    def test_outline_of_a_qr_code_covers_exactly_its_dark_modules(self, text):
        width, path = barcode_path.qr(text)
        code = QRCode(None, QRErrorCorrectLevel.M)
        code.addData(text)
        code.make()
        dark = {(x, y) for y, row in enumerate(code.modules) for x, module in enumerate(row) if module}
        drawn = [
            (int(x) + step - barcode_path.QR_QUIET, int(y) - barcode_path.QR_QUIET)
            for x, y, size, back in BAR.findall(path)
            for step in range(int(size))
            if size == back
        ]
        self.assertEqual(len(drawn), len(set(drawn)), "no module is drawn twice")
        self.assertEqual(set(drawn), dark)
        self.assertEqual(width, len(code.modules) + 2 * barcode_path.QR_QUIET)

    @QUICK
    @given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 200)), unique=True, max_size=8))
    def test_shelves_are_sorted_by_their_numbers(self, shelves):
        names = [f"{aisle}-{number}" for aisle, number in shelves]
        self.assertEqual(sorted(names, key=natural_key.natural_key), [f"{aisle}-{number}" for aisle, number in sorted(shelves)])

    @QUICK
    @given(st.lists(st.text(max_size=12), max_size=8))
    def test_any_names_can_be_sorted(self, names):
        self.assertEqual(len(sorted(names, key=natural_key.natural_key)), len(names))
