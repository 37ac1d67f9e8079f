"""Names of the old system, and that every verdict is said in a sentence, in Chinese for those who read it."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common_history import HistoryCommon

# fmt: off
ROW_CODES = (
    "same_file", "no_product", "no_shop", "no_period", "not_period", "not_units", "not_money", "rounded_number", "not_over",
    "unknown_product", "unknown_shop", "many_product", "many_shop", "ignored", "twice", "overlap",
)
FILE_CODES = (
    "broken", "quotes", "encoding", "too_big", "too_many_rows", "too_wide", "zip_members", "zip_bomb", "zip_nested", "kind", "html",
    "empty", "password", "unknown_format", "no_rows", "total",
)
# fmt: on
FACTS = {"name": "old.csv", "said": "1", "found": "2"}


@tagged("post_install", "-at_install")
class TestSalesHistoryNames(HistoryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Name = cls.env["cosmetics.sales.history.name"].with_user(cls.buyer)

    def test_a_name_stands_in_the_list_once(self):
        self.Name.create({"told": "Old-1"})
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self.Name.create({"told": "OLD-1"})
        self.assertTrue(self.Name.create({"told": "old-1", "kind": "shop"}))

    def test_a_name_stands_for_one_thing(self):
        for vals in (
            {"kind": "product", "warehouse_id": self.shop.id},
            {"kind": "shop", "product_id": self.product.id},
            {"kind": "product", "product_id": self.product.id, "is_ignored": True},
        ):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
                self.Name.create({"told": "X", **vals})

    def test_a_product_of_another_company_is_no_target(self):
        company = self.env["res.company"].create({"name": "Test Other Company"})
        strange = self._create_ware("Test Strange", company_id=company.id)
        with self.assertRaises(UserError):
            self.Name.create({"told": "X", "product_id": strange.id})

    def test_a_code_of_the_file_can_be_said_to_be_another_product(self):
        # The old system gave the code of the lotion to what is the cream here.
        self.Name.create({"told": "lotion", "product_id": self.cream.id})
        self._import(self._csv(("LOTION", "Test Shop", "2025-03", 5)))
        self.assertEqual((self._figures(), len(self._figures(self.cream))), ([], 1))

    def test_names_are_assigned_on_the_screen_of_the_import(self):
        record, _verdicts = self._check(self._csv(("OLD-1", "Test Shop", "2025-03", 5)))
        record.write({"name_ids": [Command.update(record.name_ids.id, {"product_id": self.product.id})]})
        self.assertEqual((record.state, record.name_count), ("checked", 0))
        record.action_import()
        self.assertEqual(len(self._figures()), 1)

    def test_the_code_comes_before_the_bar_code_and_the_name(self):
        header = ("货号", "条码", "品名", "门店", "月份", "数量")
        rows = (("CREAM", "6901234567892", "Test Lotion", "Test Shop", "2025-03", 5), ("NEW", "6901234567892", "", "TSHO", "2025-04", 6))
        self._import(self._csv(*rows, header=header))
        self.assertEqual((self._figures(self.cream)[0][2], self._figures()[0][2]), (5, 6))

    def test_each_verdict_is_a_sentence(self):
        record = self._new(b"x")
        self.assertEqual(set(record._get_row_sentences()), set(ROW_CODES))
        for reason in record._get_row_sentences().values():
            self.assertTrue((reason % {"text": "TEXT"}).endswith("."), reason)
        for code in FILE_CODES:
            sentence = record._get_file_sentence(code, FACTS)
            self.assertTrue(sentence.startswith("old.csv ") and sentence.endswith("."), (code, sentence))

    def test_whoever_reads_chinese_reads_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["cosmetics_inventory_forecast"], ["zh_CN"])
        record = self._new(b"x").with_context(lang="zh_CN")
        said = list(record._get_row_sentences().values())
        said += [record._get_file_sentence(code, FACTS) for code in FILE_CODES]
        for sentence in said:
            self.assertRegex(sentence, "[\u4e00-\u9fff].*[。]$")
