"""The clerk drops files, looks at the preview, imports, and mends what was bad."""

from unittest.mock import patch

from odoo.addons.cosmetics_sales.models import cosmetics_order_import_run
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from . import order_files
from .common_order_import import OrderImportCommon

NUMBERS = [f"260517-{607198974342268 + index}" for index in range(12)]


@tagged("post_install", "-at_install")
class TestOrderImport(OrderImportCommon):
    def _file(self, *rows):
        return {"拼多多.csv": order_files.file_of("pinduoduo", rows)}

    def _row(self, index=0, sku="KH01", **more):
        return order_files.pinduoduo_order(NUMBERS[index], sku, **more)

    def _orders(self):
        return self.env["sale.order"].search([("channel_id", "=", self.channel.id)])

    # ------------------------------------------------------------------ the usual way
    def test_preview_says_what_would_happen_and_saves_no_order(self):
        record = self._import(self._file(self._row(), self._row(1, "NO-SUCH")))
        self.assertEqual((record.state, record.channel_id), ("preview", self.channel))
        self.assertEqual((record.line_count, record.new_count, record.bad_count), (2, 1, 1))
        self.assertFalse(self._orders())
        self.assertEqual((record.amount_file, record.amount_waiting, record.amount_bad), (198.0, 99.0, 99.0))
        self.assertTrue(record.is_balanced)

    def test_import_makes_orders_and_the_sums_agree(self):
        record = self._import(self._file(self._row(received="99.01"), self._row(1, "NO-SUCH"), self._row(2)))
        record.action_import_now()
        self.assertEqual((record.state, record.progress), ("done", 100.0))
        self.assertEqual(sorted(self._orders().mapped("amount_total")), [99.0, 99.01])
        self.assertEqual(self._orders().import_id, record)
        self.assertEqual((record.amount_orders, record.amount_bad, record.amount_difference), (198.01, 99.0, 0.0))
        self.assertTrue(record.is_balanced)
        self.assertEqual(len(record.message_ids.filtered(lambda message: "new" in message.body)), 1, "one summary")
        self.assertFalse(any("created" in message.body for message in self._orders().message_ids))

    def test_sums_that_differ_are_shown(self):
        record = self._import(self._file(self._row()))
        record.action_import_now()
        self._orders().order_line[0].price_unit -= 1
        record.invalidate_recordset()
        self.assertFalse(record.is_balanced)
        self.assertEqual(record.amount_difference, 1.0)

    def test_job_imports_in_lots_as_the_clerk(self):
        record = self._import(self._file(*(self._row(index) for index in range(7))))
        record.action_import()
        self.assertEqual(record.state, "running")
        with patch.object(cosmetics_order_import_run, "CHUNK", 3), self.enter_registry_test_mode():
            self.env.ref("cosmetics_sales.ir_cron_order_import").method_direct_trigger()
        self.assertEqual((record.state, len(self._orders())), ("done", 7))
        self.assertEqual(self._orders().create_uid, self.ecommerce_clerk)

    def test_same_file_again_changes_nothing(self):
        files = self._file(self._row(), self._row(1))
        self._import(files).action_import_now()
        self.env.flush_all()
        self.env.cr.execute("UPDATE sale_order SET write_date = '2020-01-01' WHERE id IN %s", [tuple(self._orders().ids)])
        self.env.invalidate_all()
        again = self._import(files)
        again.action_import_now()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((again.same_count, len(self._orders())), (2, 2))
        self.assertEqual({order.write_date.year for order in self._orders()}, {2020})
        self.assertTrue(again.is_balanced)

    def test_newer_file_updates_state_and_courier_number(self):
        self._import(self._file(self._row())).action_import_now()
        newer = self._row(订单状态="已发货，待签收", 快递公司="顺丰速运", 快递单号="SF1234567890123")
        record = self._import(self._file(newer))
        self.assertEqual(record.update_count, 1)
        record.action_import_now()
        order = self._orders()
        self.assertEqual((order.channel_state, order.parcel_ids.tracking_no), ("shipped", "SF1234567890123"))

    def test_every_platform_comes_in(self):
        """The sample files of all platforms: every order of a known product is there, with the receivable of its file."""
        samples = order_files.samples()
        codes = {code for key in samples for code in ("KH01", "MS02")}
        self.assertTrue(codes)
        makers = {
            "taobao": {"a.csv": ("taobao_orders", [order_files.taobao_order("2605171234567890123", 宝贝总数量="1")]),
                       "b.csv": ("taobao_lines", [order_files.taobao_line("2605171234567890123", "KH01")])},
            "jd": {"a.csv": ("jd", [order_files.jd_line("26051712345", "KH01")])},
            "pinduoduo": {"a.csv": ("pinduoduo", [self._row()])},
            "douyin": {"a.csv": ("douyin", [order_files.douyin_line("6901234567890123", "6901234567890124", "KH01")])},
            "youzan": {"a.csv": ("youzan_orders", [order_files.youzan_order("E20260517100000012345678")]),
                       "b.csv": ("youzan_lines", [order_files.youzan_line("E20260517100000012345678", "KH01")])},
            "xiaohongshu": {"a.xlsx": ("xiaohongshu", [order_files.xiaohongshu_line("P123456789", "KH01")])},
            "wechat": {"a.csv": ("wechat_shop", [order_files.wechat_line("3700001234567890", "KH01")])},
            "other": {"a.csv": ("generic", [order_files.generic_line("OWN-0001", "KH01")])},
        }  # fmt: skip
        for platform, files in makers.items():
            with self.subTest(platform=platform):
                channel = self.channel.copy({"code": f"T{platform}", "name": platform, "platform": platform, "shop_name": False})
                raw = {name: order_files.file_of(key, rows) for name, (key, rows) in files.items()}
                record = self._import(raw, channel_id=channel.id)
                self.assertEqual((record.state, record.bad_count, record.new_count), ("preview", 0, 1), record.line_ids.mapped("reason"))
                record.action_import_now()
                order = record.order_ids
                self.assertEqual(order.channel_id, channel)
                self.assertEqual(order.amount_total, record.amount_file)
                self.assertTrue(record.is_balanced)

    # ------------------------------------------------------------------ channel and files
    def test_shop_is_recognised_or_asked_for(self):
        self.channel.copy({"code": "TESTPDD2", "name": "Second", "shop_name": "Other"})
        record = self._import(self._file(self._row()))
        self.assertEqual(record.state, "failed")
        self.assertIn("shop", record.problem)
        record.channel_id = self.channel
        record.action_preview()
        self.assertEqual(record.state, "preview")

    def test_files_of_another_platform_are_refused(self):
        jd = {"jd.csv": order_files.file_of("jd", [order_files.jd_line("26051712345", "KH01")])}
        record = self._import(jd, channel_id=self.channel.id)
        self.assertEqual(record.state, "failed")

    def test_file_that_is_no_order_file_gets_a_sentence(self):
        record = self._import({"a.pdf": b"%PDF-1.7 nothing"}, channel_id=self.channel.id)
        self.assertEqual(record.state, "failed")
        self.assertIn("a.pdf", record.problem)

    # ------------------------------------------------------------------ mending
    def test_clerk_names_the_product_once_and_all_rows_of_the_code_come_in(self):
        record = self._import(self._file(self._row(0, "PDD-7"), self._row(1, "PDD-7"), self._row(2)))
        record.action_import_now()
        self.assertEqual((len(self._orders()), record.bad_count), (1, 2))
        line = record.line_ids.filtered(lambda line: line.verdict == "bad")[0]
        line.write({"product_id": self.cream.id, "quantity": 2})
        line.action_retry()
        self.assertEqual((len(self._orders()), record.bad_count), (3, 0))
        self.assertEqual(self._orders().order_line.filtered(lambda line: line.product_id == self.cream).mapped("product_uom_qty"), [2, 2])
        self.assertTrue(record.is_balanced)
        self.assertEqual(self._import(self._file(self._row(3, "PDD-7"))).new_count, 1, "the channel remembers")

    def test_cell_that_is_wrong_is_mended_and_retried(self):
        record = self._import(self._file(self._row(qty="两"), self._row(1)))
        record.action_import_now()
        line = record.line_ids.filtered(lambda line: line.verdict == "bad")
        self.assertIn("两", line.reason)
        line.payload_text = line.payload_text.replace("两", "2")
        line.action_retry()
        self.assertEqual(line.verdict, "new", line.reason)
        self.assertEqual((line.is_done, line.order_id.order_line.product_uom_qty), (True, 2))
        self.assertTrue(record.is_balanced)
        with self.assertRaises(UserError):
            line.payload_text = "{}"

    # ------------------------------------------------------------------ in the middle
    def test_job_that_dies_in_the_middle_goes_on_without_loss_or_double(self):
        record = self._import(self._file(*(self._row(index) for index in range(6))))
        record.action_import()
        record_class = type(self.env["cosmetics.order.import"])
        run, calls = record_class._run_chunk, []

        def die(this, lines):
            calls.append(len(lines))
            if len(calls) == 2:
                raise MemoryError("killed")
            return run(this, lines)

        with patch.object(cosmetics_order_import_run, "CHUNK", 2), patch.object(record_class, "_run_chunk", die):
            job = record.sudo().with_user(self.ecommerce_clerk)
            with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60.0):
                try:  # assertRaises would undo the first lot, which a real job has committed
                    job._run_to_end(6)
                    self.fail("the job did not die")
                except MemoryError:
                    self.env.invalidate_all()
                self.assertEqual(len(self._orders()), 2)
                job._run_to_end(4)
        self.assertEqual((record.state, len(self._orders()), record.new_count), ("done", 6, 6))

    # ------------------------------------------------------------------ rights
    def test_salesperson_neither_imports_nor_reads_imports(self):
        record = self._import(self._file(self._row()))
        with self.assertRaises(AccessError):
            record.with_user(self.salesperson).read(["name"])
        with self.assertRaises(AccessError):
            self.env["cosmetics.order.import"].with_user(self.salesperson).create({})

    def test_imports_of_another_company_are_not_seen(self):
        company = self.env["res.company"].create({"name": "Another Company"})
        record = self.env["cosmetics.order.import"].create({"company_id": company.id})
        self.assertFalse(self.env["cosmetics.order.import"].with_user(self.ecommerce_clerk).search([("id", "=", record.id)]))

    # ------------------------------------------------------------------ layouts
    def test_shipped_layouts_are_there_and_a_copy_goes_first(self):
        shipped = self.env.ref("base.user_root").env["cosmetics.order.import.profile"].search([("key", "=", "pinduoduo")])
        self.assertTrue(shipped.is_shipped)
        own = shipped.with_user(self.ecommerce_clerk).copy()
        own.column_ids.filtered(lambda column: column.field == "merchant_sku").headers = "商品id"
        self.assertEqual(own._get_profiles()[0].key, own.key)
        with self.assertRaises(UserError):
            own.column_ids.filtered(lambda column: column.field == "order_no").unlink()
            own._check_usable()
