"""Labels, sheets and the chain of records, without a database."""

import doctest
from datetime import date

from odoo.tests import BaseCase, tagged

from ..tools import label_code, record_chain


@tagged("post_install", "-at_install")
class TestReceivingTools(BaseCase):
    def _run_doctests(self, module):
        result = doctest.testmod(module)
        self.assertGreater(result.attempted, 0, "no example was found")
        self.assertEqual(result.failed, 0)

    def test_examples_of_labels_hold(self):
        self._run_doctests(label_code)

    def test_examples_of_the_chain_hold(self):
        self._run_doctests(record_chain)

    def test_every_way_to_write_a_day_is_read(self):
        ways = ("2026-03-01", "2026-3-1", "2026/3/1", "2026.03.01", "20260301", "2026年3月1日", "2026年03月01日", "46082", "46082.0")
        for text in (*ways, "２０２６－０３－０１", "2026/03/01 00:00:00"):
            with self.subTest(text):
                self.assertEqual(label_code.read_date(text), date(2026, 3, 1))

    def test_leap_days_are_read_and_days_that_never_were_are_not(self):
        self.assertEqual(label_code.read_date("2028-02-29"), date(2028, 2, 29))
        for text in ("2027-02-29", "2026-13-01", "2026-00-10", "99999999", "123", "45", "明天"):
            with self.subTest(text):
                self.assertIsNone(label_code.read_date(text))

    def test_sheet_with_chinese_headers_in_any_order(self):
        text = "序号\t数量\t限期使用日期\t生产批号\t商品条码\n1\t24\t2029年2月28日\tA1\t6901234567892\n2\t12\t\tA2\t6901234567892"
        rows = label_code.read_sheet(text)
        self.assertEqual(
            [row.label[:5] for row in rows],
            [("6901234567892", "A1", None, date(2029, 2, 28), 24.0), ("6901234567892", "A2", None, None, 12.0)],
        )

    def test_sheet_with_commas_and_quotes(self):
        rows = label_code.read_sheet('"YLX-01","A,1",2026/3/1,,"1,200"')
        self.assertEqual(rows[0].label[:5], ("YLX-01", "A,1", date(2026, 3, 1), None, 1200.0))

    def test_unreadable_cells_are_named_and_the_rest_is_read(self):
        label = label_code.read_sheet("X,A1,2026-02-30,2029-02-28,many")[0].label
        self.assertEqual((label.batch, label.expiration_on), ("A1", date(2029, 2, 28)))
        self.assertEqual(label.unreadable, ("production_on", "quantity"))

    def test_order_of_content_does_not_change_the_seal_and_every_value_does(self):
        content = {"product_name": "面霜", "quantity": 12.0, "expiration_on": date(2029, 2, 28)}
        seal = record_chain.seal_of(content, 1, record_chain.GENESIS)
        self.assertEqual(record_chain.seal_of(dict(reversed(content.items())), 1, record_chain.GENESIS), seal)
        for name, other in (("product_name", "面霜2"), ("quantity", 12.000001), ("expiration_on", date(2029, 3, 1))):
            with self.subTest(name):
                self.assertNotEqual(record_chain.seal_of({**content, name: other}, 1, record_chain.GENESIS), seal)
