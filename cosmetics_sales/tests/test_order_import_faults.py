"""Each fault a file can have, as the clerk meets it on the import: a sentence, no order by halves, and sums that tie out."""

import io
import zipfile

from odoo.tests import tagged

from . import order_files
from .common_order_import import OrderImportCommon

GOOD, OTHER = "260517-607198974342268", "260517-607198974342269"


@tagged("post_install", "-at_install")
class TestOrderImportFaults(OrderImportCommon):
    # ------------------------------------------------------------------ helpers
    def _row(self, number=GOOD, sku="KH01", **more):
        return order_files.pinduoduo_order(number, sku, **more)

    def _read(self, *rows, **files):
        """Preview a Pinduoduo file of these rows."""
        return self._import(files or {"拼多多.csv": order_files.file_of("pinduoduo", rows)}, channel_id=self.channel.id)

    def _orders(self):
        return self.env["sale.order"].search([("channel_id", "=", self.channel.id)])

    def _assert_refused(self, record, *words):
        """The import failed with a sentence that has these words, and left nothing behind."""
        self.assertEqual(record.state, "failed")
        for word in words:
            self.assertIn(word, record.problem)
        self.assertNotIn("Traceback", record.problem)
        self.assertFalse(record.line_ids)
        self.assertFalse(self._orders())

    def _assert_one_bad(self, record, number, *words):
        """One order is to be mended for this reason, the other one comes in; the sums tie out before and after."""
        bad = record.line_ids.filtered(lambda line: line.verdict == "bad")
        self.assertEqual(bad.mapped("order_ref"), [number] if number else [False])
        for word in words:
            self.assertIn(word, bad.reason)
        self.assertTrue(record.is_balanced, "preview")
        record.action_import_now()
        self.assertNotIn(number, self._orders().mapped("channel_order_ref"))
        self.assertTrue(record.is_balanced, "import")
        self.assertEqual(record.amount_file, record.amount_orders + record.amount_bad)
        return bad

    def _mend(self, line, old, new):
        """Correct the content of a row as the clerk does and try again; the order is there then."""
        self.assertIn(old, line.payload_text)
        line.payload_text = line.payload_text.replace(old, new)
        line.action_retry()
        self.assertTrue(line.is_done, line.reason)
        self.assertTrue(line.import_id.is_balanced)
        self.assertEqual(line.order_id.amount_total, line.amount)

    # ------------------------------------------------------------------ the file as such
    def test_file_saved_in_a_wrong_encoding_gets_a_sentence(self):
        raw = order_files.file_of("pinduoduo", [self._row()])[:-40] + b"\xff\xfe\x81\xff\x00\xff"
        self._assert_refused(self._read(**{"坏.csv": raw}), "坏.csv")

    def test_utf_16_is_read_like_any_other(self):
        raw = order_files.csv_bytes(order_files.table("pinduoduo", [self._row()]), encoding="utf-16")
        record = self._read(**{"a.csv": raw})
        self.assertEqual((record.state, record.new_count), ("preview", 1))

    def test_missing_signature_column_names_the_column(self):
        lines = order_files.table("pinduoduo", [self._row()])
        place = lines[0].index("商家实收金额(元)")
        raw = order_files.csv_bytes([line[:place] + line[place + 1 :] for line in lines])
        self._assert_refused(self._read(**{"a.csv": raw}), "a.csv", "商家实收金额(元)")

    def test_archive_cut_short_gets_a_sentence(self):
        raw = order_files.zip_bytes({"a.csv": order_files.file_of("pinduoduo", [self._row()])})
        self._assert_refused(self._read(**{"a.zip": raw[: len(raw) // 2]}), "a.zip")

    def test_archive_that_unpacks_to_gigabytes_is_refused_unread(self):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.csv", "w", force_zip64=True) as member:
            for _part in range(512):
                member.write(b"0" * (1 << 20))
        self.assertLess(len(stream.getvalue()), 1 << 20)
        self._assert_refused(self._read(**{"bomb.zip": stream.getvalue()}), "bomb.zip")

    def test_a_million_rows_are_refused_with_the_limit(self):
        header, row = order_files.table("pinduoduo", [{"订单号": GOOD}])
        line = ",".join(row) + "\r\n"
        raw = (",".join(header) + "\r\n" + line * 1_000_000).encode()
        self.assertLess(len(raw), 64 << 20)
        self._assert_refused(self._read(**{"big.csv": raw}), "big.csv", "200,000")

    def test_file_above_the_limit_of_bytes_is_refused_with_the_limit(self):
        raw = order_files.file_of("pinduoduo", [self._row()]) + b" " * (64 << 20)
        self._assert_refused(self._read(**{"big.csv": raw}), "big.csv", "64")

    def test_a_bad_file_beside_a_good_one_is_told_and_holds_nothing_up(self):
        good = order_files.file_of("pinduoduo", [self._row()])
        record = self._read(**{"good.csv": good, "bad.pdf": b"%PDF-1.7"})
        self.assertEqual((record.state, record.new_count), ("preview", 1))
        self.assertIn("bad.pdf", record.note)
        record.action_import_now()
        self.assertEqual(len(self._orders()), 1)

    def test_empty_file_gets_a_sentence(self):
        self._assert_refused(self._read(**{"leer.csv": b""}), "leer.csv")

    def test_header_without_rows_says_that_no_order_is_in_there(self):
        record = self._read(**{"kopf.csv": order_files.file_of("pinduoduo", [])})
        self.assertEqual(record.state, "failed")
        self.assertTrue(record.problem)

    def test_preamble_and_footer_are_no_orders(self):
        header, row = order_files.table("pinduoduo", [self._row()])
        lines = [["店铺：长安妆集"], ["导出时间：2026-05-17"], header, row, ["合计", "99.00"], ["制表人：王芳"]]
        record = self._read(**{"a.csv": order_files.csv_bytes(lines)})
        self.assertEqual((record.line_count, record.new_count, record.amount_file), (1, 1, 99.0))

    # ------------------------------------------------------------------ cells
    def test_formula_in_a_cell_stays_text_and_is_never_run(self):
        note = '=HYPERLINK("http://evil","x")'
        record = self._read(self._row(商家备注=note, 商品="=1+1"))
        record.action_import_now()
        order = self._orders()
        self.assertEqual((len(order), order.seller_note), (1, note))

    def test_quantities_that_are_none_are_bad_and_mended(self):
        for place, wrong in enumerate(("0", "-1", "1.5", "两", "1e9")):
            with self.subTest(quantity=wrong):
                number, other = f"260517-60719897434{place:04d}", f"260517-60719897435{place:04d}"
                record = self._read(self._row(number, qty=wrong), self._row(other))
                bad = self._assert_one_bad(record, number, wrong)
                self._mend(bad, f'"{wrong}"', '"3"')
                self.assertEqual(bad.order_id.order_line.product_uom_qty, 3)

    def test_amount_that_is_none_is_bad_in_no_sum_and_mended(self):
        record = self._read(self._row(received="免费"), self._row(OTHER))
        self.assertIn("1", record.note)
        bad = self._assert_one_bad(record, GOOD, "免费")
        self.assertEqual((bad.amount, record.amount_file), (0, 99.0))
        self._mend(bad, "免费", "88.00")
        self.assertEqual(record.amount_file, 187.0)

    def test_long_number_destroyed_by_a_spreadsheet_is_told(self):
        rows = [order_files.douyin_line("6.93012E+18", "1", "KH01"), order_files.douyin_line("6930123456789012345", "2", "KH01")]
        channel = self.channel.copy({"code": "TDY", "platform": "douyin", "shop_name": False})
        record = self._import({"抖店.csv": order_files.file_of("douyin", rows)}, channel_id=channel.id)
        self.assertEqual((record.bad_count, record.new_count), (1, 1))
        self.assertIn("6.93012E+18", record.line_ids.filtered(lambda line: line.verdict == "bad").reason)

    # ------------------------------------------------------------------ orders
    def _douyin(self, *rows):
        self.douyin = self.env["cosmetics.channel"].search([("code", "=", "TDY")]) or self.channel.copy(
            {"code": "TDY", "platform": "douyin", "shop_name": False}
        )
        return self._import({"抖店.csv": order_files.file_of("douyin", rows)}, channel_id=self.douyin.id)

    def test_sub_order_that_stands_twice_makes_the_whole_order_bad(self):
        number = "6930123456789012345"
        twice = order_files.douyin_line(number, "6930123456789012346", "KH01")
        record = self._douyin(twice, twice, order_files.douyin_line("6930123456789012999", "1", "KH01"))
        self.assertEqual((record.bad_count, record.new_count), (1, 1))
        bad = record.line_ids.filtered(lambda line: line.verdict == "bad")
        self.assertIn("6930123456789012346", bad.reason)
        record.action_import_now()
        self.assertEqual((record.order_ids.channel_order_ref, record.is_balanced), ("6930123456789012999", True))

    def test_one_bad_line_keeps_all_lines_of_its_order_out(self):
        number = "6930123456789012345"
        record = self._douyin(
            order_files.douyin_line(number, "1", "KH01"), order_files.douyin_line(number, "2", "KH01", qty="0"),
        )  # fmt: skip
        record.action_import_now()
        self.assertFalse(record.order_ids)
        self.assertEqual((record.bad_count, record.is_balanced), (1, True))

    def test_total_repeated_on_each_row_is_taken_once(self):
        channel = self.channel.copy({"code": "TJD", "platform": "jd", "shop_name": False})
        rows = [order_files.jd_line("290011223344", sku, "1", "50.00", "149.99") for sku in ("KH01", "MS02")]
        record = self._import({"jd.csv": order_files.file_of("jd", rows)}, channel_id=channel.id)
        self.assertEqual(record.amount_file, 149.99)
        record.action_import_now()
        self.assertEqual((record.order_ids.amount_total, record.is_balanced), (149.99, True))

    def test_rows_that_say_different_totals_are_bad(self):
        channel = self.channel.copy({"code": "TJD", "platform": "jd", "shop_name": False})
        rows = [order_files.jd_line("290011223344", sku, "1", "50.00", total) for sku, total in (("KH01", "149.99"), ("MS02", "99.00"))]
        record = self._import({"jd.csv": order_files.file_of("jd", rows)}, channel_id=channel.id)
        self.assertEqual((record.bad_count, record.new_count), (1, 0))
        self.assertIn("149.99", record.line_ids.reason)
        self.assertIn("99.00", record.line_ids.reason)

    def test_freight_above_the_whole_order_is_bad(self):
        record = self._read(self._row(**{"邮费(元)": "120.00"}), self._row(OTHER))
        self._assert_one_bad(record, GOOD, "120.00", "99.00")

    def test_merged_cells_hold_for_each_row_they_span(self):
        channel = self.channel.copy({"code": "TXHS", "platform": "xiaohongshu", "shop_name": False})
        number = "P700000000000000001"
        rows = [order_files.xiaohongshu_line(number, "KH01"), order_files.xiaohongshu_line("", "MS02")]
        lines = order_files.table("xiaohongshu", rows)
        column = lines[0].index("订单号")
        raw = order_files.xlsx_bytes({"订单": lines}, merges=[(1, column, 2, number)])
        record = self._import({"小红书.xlsx": raw}, channel_id=channel.id)
        self.assertEqual((record.line_count, record.new_count), (1, 1), record.line_ids.mapped("reason"))
        record.action_import_now()
        self.assertEqual(record.order_ids.order_line.product_id, self.lipstick + self.cream)

    def test_same_order_in_two_files_is_one_order(self):
        files = {name: order_files.file_of("pinduoduo", [self._row()]) for name in ("a.csv", "b.csv")}
        record = self._read(**files)
        self.assertEqual((record.line_count, record.amount_file), (1, 99.0))
        record.action_import_now()
        self.assertEqual((len(self._orders()), record.is_balanced), (1, True))

    def test_refunded_order_is_taken_in_cancelled_and_counts_in_the_sums(self):
        record = self._read(self._row(订单状态="未发货，退款成功"), self._row(OTHER))
        record.action_import_now()
        refunded = self._orders().filtered(lambda order: order.channel_order_ref == GOOD)
        self.assertEqual((refunded.state, refunded.channel_state, record.is_balanced), ("cancel", "refunded", True))

    # ------------------------------------------------------------------ products
    def test_archived_product_is_told_by_name_and_taken_once_it_is_back(self):
        self.lipstick.action_archive()
        record = self._read(self._row(), self._row(OTHER, "MS02"))
        bad = self._assert_one_bad(record, GOOD, "KH01", "Lipstick")
        self.lipstick.action_unarchive()
        bad.action_retry()
        self.assertTrue(bad.is_done, bad.reason)
        self.assertTrue(record.is_balanced)

    def test_product_that_may_not_be_sold_is_told_with_its_stage(self):
        self.lipstick.lifecycle_stage_id = self.stage_delisted
        record = self._read(self._row(), self._row(OTHER, "MS02"))
        self._assert_one_bad(record, GOOD, "Lipstick", self.stage_delisted.name)

    def test_code_of_two_products_is_never_guessed(self):
        self._create_product(name="Lipstick Twin", default_code="KH01")
        record = self._read(self._row(), self._row(OTHER, "MS02"))
        bad = self._assert_one_bad(record, GOOD, "KH01")
        bad.product_id = self.lipstick
        bad.action_retry()
        self.assertEqual(bad.order_id.order_line.product_id, self.lipstick)

    def test_unknown_product_is_told_with_its_code_and_title(self):
        record = self._read(self._row(sku="NO-SUCH"), self._row(OTHER))
        bad = self._assert_one_bad(record, GOOD, "NO-SUCH", "雪肌精华水")
        self.assertEqual(bad.missing_code, "NO-SUCH")

    # ------------------------------------------------------------------ mending
    def test_content_mended_into_nonsense_is_refused_in_place(self):
        record = self._read(self._row(qty="两"))
        line = record.line_ids
        for nonsense in ("{", "[]", '[{"a": 1}]', '"x"', "null", ""):
            with self.subTest(nonsense=nonsense), self.assertRaisesRegex(Exception, "not readable"), self.cr.savepoint():
                line.payload_text = nonsense
        self.assertEqual(line.verdict, "bad")

    def test_mended_row_that_is_still_wrong_says_what_is_wrong_now(self):
        record = self._read(self._row(qty="两"))
        line = record.line_ids
        line.payload_text = line.payload_text.replace("两", "三")
        line.action_retry()
        self.assertEqual(line.verdict, "bad")
        self.assertIn("三", line.reason)
        self.assertNotIn("两", line.reason)
