"""What the platforms call our products: learned when a clerk mends a row, corrected when it was wrong."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from . import order_files
from .common_order_import import OrderImportCommon

NUMBERS = [f"260517-{607198974342268 + index}" for index in range(9)]


@tagged("post_install", "-at_install")
class TestProductAlias(OrderImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alias = cls.env["cosmetics.product.alias"].with_user(cls.ecommerce_clerk)
        cls.other = cls.channel.copy({"code": "TESTPDD2", "name": "Second", "shop_name": False})

    def _preview(self, *rows, channel=None):
        raw = order_files.file_of("pinduoduo", [order_files.pinduoduo_order(number, sku) for number, sku in rows])
        return self._import({"拼多多.csv": raw}, channel_id=(channel or self.channel).id)

    def _learn(self, code, product, number=NUMBERS[0]):
        """Import a row of an unknown code, name its product and retry; return the row."""
        record = self._preview((number, code))
        record.action_import_now()
        line = record.line_ids
        line.product_id = product
        line.action_retry()
        return line

    def _goods(self, code, number, channel=None):
        """Import one more order of this code; return its products."""
        record = self._preview((number, code), channel=channel)
        record.action_import_now()
        return record.order_ids.order_line.product_id

    # ------------------------------------------------------------------ learning
    def test_code_named_once_is_known_in_all_later_files_of_the_channel(self):
        self._learn("PDD-7", self.cream)
        self.assertEqual(self._goods("PDD-7", NUMBERS[1]), self.cream)
        self.assertEqual(self.alias.search([("code", "=", "PDD-7")]).channel_id, self.channel)

    def test_code_of_one_channel_says_nothing_in_another(self):
        self._learn("PDD-7", self.cream)
        record = self._preview((NUMBERS[1], "PDD-7"), channel=self.other)
        self.assertEqual((record.bad_count, record.new_count), (1, 0))

    def test_entry_without_a_channel_holds_everywhere_and_that_of_the_channel_goes_before(self):
        self.alias.create({"code": "ALL-1", "product_id": self.cream.id})
        self.alias.create({"code": "ALL-1", "product_id": self.lipstick.id, "channel_id": self.other.id})
        self.assertEqual(self._goods("ALL-1", NUMBERS[1]), self.cream)
        self.assertEqual(self._goods("ALL-1", NUMBERS[2], channel=self.other), self.lipstick)

    def test_blanks_in_a_code_make_no_other_code(self):
        self.alias.create({"code": "  SET   A ", "product_id": self.cream.id, "channel_id": self.channel.id})
        self.assertEqual(self._goods("SET A", NUMBERS[1]), self.cream)

    def test_goods_without_any_code_are_known_by_title_and_specification(self):
        payload = self._payload(lines=[{"title": "玫瑰面膜", "spec": "5片", "qty": 1, "amount": "109.99"}])
        (item,) = self._take_in(payload)
        self.assertEqual((item.verdict, item.missing_code), ("bad", "玫瑰面膜 5片"))
        self.alias.create({"code": item.missing_code, "product_id": self.cream.id, "channel_id": self.channel.id})
        (item,) = self._take_in(payload)
        self.assertEqual((item.verdict, item.order.order_line[0].product_id), ("new", self.cream))

    def test_retry_takes_in_the_rows_of_other_imports_that_waited_for_the_code(self):
        first, second = (self._preview((number, "PDD-8")) for number in NUMBERS[:2])
        (first + second).action_import_now()
        line = first.line_ids
        line.product_id = self.cream
        line.action_retry()
        self.assertEqual((first.bad_count, second.bad_count), (0, 0))
        self.assertTrue(first.is_balanced and second.is_balanced)

    def test_retry_without_a_product_changes_nothing(self):
        record = self._preview((NUMBERS[0], "PDD-9"))
        record.action_import_now()
        record.line_ids.action_retry()
        self.assertEqual(record.bad_count, 1)
        self.assertFalse(self.alias.search([("code", "=", "PDD-9")]))

    # ------------------------------------------------------------------ correcting
    def test_wrong_entry_is_corrected_for_what_comes_and_changes_nothing_that_came(self):
        line = self._learn("PDD-7", self.cream)
        order, amount = line.order_id, line.order_id.amount_total
        self.alias.search([("code", "=", "PDD-7")]).write({"product_id": self.lipstick.id, "quantity": 2})
        self.assertEqual((order.order_line.product_id, order.order_line.product_uom_qty), (self.cream, 1))
        self.assertEqual((order.amount_total, line.is_done, line.import_id.is_balanced), (amount, True, True))
        later = self._preview((NUMBERS[0], "PDD-7"), (NUMBERS[1], "PDD-7"))
        self.assertEqual((later.same_count, later.new_count), (1, 1))
        later.action_import_now()
        new = later.order_ids
        self.assertEqual((new.order_line.product_id, new.order_line.product_uom_qty), (self.lipstick, 2))
        self.assertEqual(order.order_line.product_id, self.cream)

    def test_naming_the_code_again_replaces_the_entry(self):
        self._learn("PDD-7", self.cream)
        self.cream.action_archive()
        self._learn("PDD-7", self.lipstick, NUMBERS[1])
        entry = self.alias.search([("code", "=", "PDD-7")])
        self.assertEqual(entry.product_id, self.lipstick)

    def test_entry_of_an_archived_product_asks_again(self):
        self._learn("PDD-7", self.cream)
        self.cream.action_archive()
        record = self._preview((NUMBERS[1], "PDD-7"))
        self.assertEqual((record.bad_count, record.line_ids.missing_code), (1, "PDD-7"))

    def test_deleted_entry_asks_again(self):
        line = self._learn("PDD-7", self.cream)
        self.alias.search([("code", "=", "PDD-7")]).unlink()
        self.assertEqual(self._preview((NUMBERS[1], "PDD-7")).bad_count, 1)
        self.assertEqual(line.order_id.order_line.product_id, self.cream)

    # ------------------------------------------------------------------ packs
    def test_pack_of_two_brings_two_pieces_for_the_price_of_the_pack(self):
        self.alias.create({"code": "PACK", "product_id": self.cream.id, "quantity": 2, "channel_id": self.channel.id})
        record = self._preview((NUMBERS[0], "PACK"))
        record.action_import_now()
        line = record.order_ids.order_line
        self.assertEqual((line.product_uom_qty, line.price_total, record.is_balanced), (2, 99.0, True))

    @mute_logger("odoo.sql_db")
    def test_quantity_of_a_pack_is_above_nothing(self):
        for quantity in (0, -1):
            with self.subTest(quantity=quantity), self.assertRaises(IntegrityError), self.cr.savepoint():
                self.alias.create({"code": "P", "product_id": self.cream.id, "quantity": quantity}).flush_recordset()

    @mute_logger("odoo.sql_db")
    def test_channel_has_each_code_once(self):
        vals = {"code": "TWICE", "product_id": self.cream.id, "channel_id": self.channel.id}
        self.alias.create(vals)
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.alias.create({**vals, "code": " TWICE", "product_id": self.lipstick.id}).flush_recordset()

    # ------------------------------------------------------------------ roles
    def test_who_keeps_the_products_keeps_the_entries_and_salespeople_do_not(self):
        master = self._create_user("test_alias_master", "cosmetics_base.group_master_data")
        entry = self.env["cosmetics.product.alias"].with_user(master).create({"code": "M", "product_id": self.cream.id})
        entry.product_id = self.lipstick
        for operation in ("read", "write", "unlink"):
            with self.subTest(operation=operation), self.assertRaises(AccessError):
                entry.with_user(self.salesperson).check_access(operation)

    def test_product_of_another_company_is_refused(self):
        company = self.env["res.company"].create({"name": "Another Company"})
        foreign = self._create_product(name="Foreign", company_id=company.id)
        with self.assertRaises(UserError):
            self.env["cosmetics.product.alias"].create({"code": "F", "product_id": foreign.id})
