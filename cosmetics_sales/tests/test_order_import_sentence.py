"""Whatever the reader finds wrong, a clerk gets a whole sentence in the own language."""

import re
from pathlib import Path

from odoo.addons.cosmetics_base import tools as shared_tools
from odoo.addons.cosmetics_sales import tools
from odoo.tests import TransactionCase, tagged

SOURCES = ("order_file", "order_lines", "order_rows", "order_values")
SHARED = ("cell", "sheet_reader", "text_table", "workbook")
RAISED = re.compile(r'(?:FileProblem|CellProblem|OrderFault)\(\s*"(\w+)"|problem = (?:\w+\.problem or )?"(\w+)"|\(\("(\w+)", \{')
FACTS = {
    "name": "订单.csv", "column": "金额", "text": "abc", "limit": 100, "nearest": "", "missing": ["订单号", "数量"], "expected": 3,
    "found": 2, "line": "1", "field": "paid", "amounts": ["1.00", "2.00"], "freight": "9.00", "amount": "5.00", "row": 7,
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestOrderImportSentence(TransactionCase):
    def setUp(self):
        super().setUp()
        self.sentences = self.env["cosmetics.order.import.sentence"]

    def _codes(self):
        """Return every code that the plain-Python reader can raise."""
        paths = [Path(tools.__path__[0]) / f"{name}.py" for name in SOURCES]
        paths += [Path(shared_tools.__path__[0]) / f"{name}.py" for name in SHARED]
        texts = [path.read_text(encoding="utf-8") for path in paths]
        return {code for text in texts for found in RAISED.findall(text) for code in found if code}

    def test_every_code_of_the_reader_has_a_sentence(self):
        codes = self._codes()
        self.assertGreater(len(codes), 25)
        for code in sorted(codes):
            with self.subTest(code=code):
                said = self.sentences._of(code, FACTS)
                self.assertNotIn("name=", said, "a code without a sentence is shown with its facts")
                self.assertNotRegex(said, r"%\(|\{|\[|None")
                self.assertRegex(said, r"[.。]$")

    def test_every_sentence_is_chinese_for_a_chinese_clerk(self):
        chinese = self.sentences.with_context(lang="zh_CN")
        for code in sorted(self._codes()):
            with self.subTest(code=code):
                said = chinese._of(code, FACTS)
                self.assertNotEqual(said, self.sentences.with_context(lang="en_US")._of(code, FACTS))
                self.assertRegex(said, "[一-鿿]")

    def test_facts_that_are_missing_leave_no_gap_in_the_program(self):
        for code in sorted(self._codes()):
            with self.subTest(code=code):
                self.assertTrue(self.sentences._of(code, {}))

    def test_a_row_is_named(self):
        self.assertEqual(
            self.sentences.with_context(lang="en_US")._of("not_money", {"column": "Paid", "text": "ten"}, row_no=12),
            "Row 12: Paid “ten” is no amount.",
        )

    def test_a_code_nobody_knows_is_shown_with_its_facts(self):
        self.assertEqual(self.sentences._of("strange", {"cell": "A1"}), "strange cell=A1")

    def test_a_percent_sign_in_a_cell_does_no_harm(self):
        said = self.sentences.with_context(lang="en_US")._of("not_money", {"column": "Fee", "text": "100%s %(x)s"})
        self.assertIn("100%s %(x)s", said)
