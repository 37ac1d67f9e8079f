"""Whatever happens to a file on its way: its sums tie, or it is refused; nothing is read in part without being told."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.addons.cosmetics_base.tools.file_problem import FileProblem
from odoo.tests import tagged

from ..tools.bank_file import read
from ..tools.identity import with_keys
from ..tools.running import first_break, in_order
from . import files
from .common import BankCommon

QUICK = settings(max_examples=50, deadline=None, derandomize=True, database=None)
banks = st.sampled_from(sorted(files.BANKS))
amounts = st.integers(-(10**7), 10**7).filter(bool).map(lambda cents: Decimal(cents) / 100)
movement_lists = st.lists(amounts, min_size=1, max_size=12).map(
    lambda found: [
        (f"2026-08-{1 + number:02d} 09:00:00", amount, "西安晨光", "6100222233334444", "货款", f"20260801{number:05d}")
        for number, amount in enumerate(found)
    ]
)


@tagged("post_install", "-at_install")
class TestBankFileDamage(BankCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profiles = cls.env["cosmetics.bank.profile"].search([])._get_profiles()

    def _read(self, raw):
        """Return the movements of a file, None when it is refused."""
        try:
            (content,) = read("bank.csv", raw, self.profiles)
        except FileProblem:
            return None
        return content

    @QUICK
    @given(banks, movement_lists, st.booleans())
    def test_whole_files_are_read_whole_either_way_round(self, bank, movements, newest_first):
        table = files.BANKS[bank](movements)
        body = [number for number, cells in enumerate(table) if any("货款" in cell for cell in cells)]
        if newest_first:
            table[body[0] : body[-1] + 1] = table[body[0] : body[-1] + 1][::-1]
        content = self._read(files.text(table))
        self.assertEqual([row.amount for _key, row in content.keyed], [amount for _at, amount, *_rest in movements])
        self.assertEqual(content.opening + content.total(1) - content.total(-1), content.closing)

    @QUICK
    @given(banks, movement_lists, st.data())
    def test_a_row_that_is_lost_or_doubled_is_noticed(self, bank, movements, data):
        table = files.BANKS[bank](movements)
        body = [number for number, cells in enumerate(table) if any("货款" in cell for cell in cells)]
        inner = data.draw(st.sampled_from(body))
        if data.draw(st.booleans()):
            table.insert(inner, table[inner])
            self.assertIsNone(self._read(files.text(table)))
        elif len(body) > 2 and inner not in (body[0], body[-1]):
            del table[inner]
            self.assertIsNone(self._read(files.text(table)))

    @QUICK
    @given(banks, st.floats(0, 1))
    def test_a_file_cut_anywhere_keeps_whole_movements_only(self, bank, share):
        raw = files.text(files.BANKS[bank]())
        whole = {key: row.amount for key, row in self._read(raw).keyed}
        content = self._read(raw[: int(len(raw) * share)])
        for key, row in content.keyed if content else ():
            self.assertEqual(whole.get(key), row.amount)

    @QUICK
    @given(banks, st.data())
    def test_one_changed_digit_of_money_is_noticed(self, bank, data):
        """The oldest amount shows only where the bank tells totals: else the balance before it is not known."""
        table = files.BANKS[bank]()
        ends = ("12.50", "300.00", "0.88", "1487.50", "1187.50", *(["500.00"] if bank in ("ceb", "cmbc") else []))
        money = [
            (row, column)
            for row, cells in enumerate(table)
            for column, cell in enumerate(cells)
            if cell.endswith(ends) and cell != "1500.00" and ":" not in cell and "：" not in cell
        ]
        row, column = data.draw(st.sampled_from(money))
        cell = table[row][column]
        table[row][column] = cell[:-1] + data.draw(st.sampled_from([digit for digit in "0123456789" if digit != cell[-1]]))
        self.assertIsNone(self._read(files.text(table)))

    @QUICK
    @given(st.binary(max_size=400))
    def test_any_bytes_are_refused_with_a_code_and_never_crash(self, raw):
        self.assertIsNone(self._read(raw))

    @QUICK
    @given(banks, st.sampled_from(["latin-1", "utf-16", "big5", "shift_jis"]))
    def test_a_wrong_encoding_is_refused_or_read_right(self, bank, encoding):
        raw = files.text(files.BANKS[bank]()).decode("gb18030").encode(encoding, "replace")
        content = self._read(raw)
        if content:
            self.assertEqual([row.amount for _key, row in content.keyed], [amount for _at, amount, *_rest in files.MOVEMENTS])

    @QUICK
    @given(banks, movement_lists, st.data())
    def test_overlapping_periods_have_the_same_keys(self, bank, movements, data):
        first, last = sorted(data.draw(st.tuples(st.integers(0, len(movements) - 1), st.integers(0, len(movements) - 1))))
        whole = [key for key, _row in self._read(files.text(files.BANKS[bank](movements))).keyed]
        opening = files.OPENING + sum((amount for _at, amount, *_rest in movements[:first]), Decimal(0))
        part = self._read(files.text(files.BANKS[bank](movements[first : last + 1], opening)))
        self.assertEqual([key for key, _row in part.keyed], whole[first : last + 1])

    @QUICK
    @given(banks, movement_lists)
    def test_order_and_keys_depend_on_the_movements_alone(self, bank, movements):
        rows = [row for _key, row in self._read(files.text(files.BANKS[bank](movements))).keyed]
        self.assertIsNone(first_break(in_order(rows)))
        self.assertEqual(in_order(rows), in_order(rows[::-1]))
        self.assertEqual(len({key for key, _row in with_keys(rows)}), len(rows))
