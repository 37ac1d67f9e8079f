"""An import proves what came in: who may touch what, by form and by RPC."""

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from . import order_files
from .common_order_import import OrderImportCommon

NUMBERS = [f"260517-{607198974342268 + index}" for index in range(4)]
SEALED = "stays as proof"


@tagged("post_install", "-at_install")
class TestOrderImportGates(OrderImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls._create_user("test_ecommerce_2", "cosmetics_sales.group_ecommerce_clerk")
        cls.reviewer = cls._create_user("test_reviewer", "cosmetics_sales.group_order_reviewer")
        cls.master = cls._create_user("test_master", "cosmetics_base.group_master_data")
        cls.plain = cls._create_user("test_plain")

    def _preview(self, *skus):
        rows = [order_files.pinduoduo_order(number, sku) for number, sku in zip(NUMBERS, skus or ("KH01", "NO-SUCH"), strict=False)]
        return self._import({"拼多多.csv": order_files.file_of("pinduoduo", rows)}, channel_id=self.channel.id)

    def _done(self, *skus):
        record = self._preview(*skus)
        record.action_import_now()
        return record

    def _call(self, user, records, method, *args):
        """Call a method as the web client does, ids first."""
        return call_kw(self.env[records._name].with_user(user), method, [records.ids, *args], {})

    # ------------------------------------------------------------------ source
    def test_source_of_an_import_that_is_done_is_sealed(self):
        record = self._done()
        other = self.channel.copy({"code": "TESTPDD9", "name": "Other"})
        profile = self.env["cosmetics.order.import.profile"].search([("key", "=", "generic")])
        changes = {"attachment_ids": [(5,)], "channel_id": other.id, "profile_id": profile.id, "company_id": self.env.company.id}
        for name, value in changes.items():
            with self.subTest(field=name), self.assertRaisesRegex(UserError, SEALED):
                self._call(self.ecommerce_clerk, record, "write", {name: value})

    def test_source_of_an_import_that_runs_is_sealed(self):
        record = self._preview()
        record.action_import()
        with self.assertRaisesRegex(UserError, SEALED):
            self._call(self.ecommerce_clerk, record, "write", {"attachment_ids": [(5,)]})

    def test_source_of_a_preview_is_free_to_change(self):
        record = self._preview()
        other = self.channel.copy({"code": "TESTPDD9", "name": "Other"})
        self._call(self.ecommerce_clerk, record, "write", {"channel_id": other.id})
        self.assertEqual(record.channel_id, other)

    def test_import_that_has_begun_is_not_deleted(self):
        running = self._preview()
        running.action_import()
        for record in (running, self._done("MS02")):
            with self.subTest(state=record.state), self.assertRaisesRegex(UserError, SEALED):
                self._call(self.ecommerce_clerk, record, "unlink")

    def test_preview_is_deleted_with_its_rows_and_files(self):
        record = self._preview()
        lines, files = record.line_ids, record.attachment_ids
        self._call(self.ecommerce_clerk, record, "unlink")
        self.assertFalse(lines.exists())
        self.assertFalse(files.exists())

    def test_import_that_is_done_is_not_read_again(self):
        record = self._done()
        with self.assertRaises(UserError):
            self._call(self.ecommerce_clerk, record, "action_preview")
        self.assertEqual(len(record.line_ids), 2)

    def test_copy_is_a_new_import_of_no_file(self):
        copy = self._done().copy()
        self.assertEqual((copy.state, copy.user_id, copy.amount_file), ("draft", self.ecommerce_clerk, 0))
        self.assertFalse(copy.attachment_ids or copy.line_ids or copy.order_ids)
        self.assertNotEqual(copy.name, "/")

    # ------------------------------------------------------------------ machine fields
    def test_state_sums_and_acting_user_are_nobodys_to_write(self):
        record = self._preview()
        forged = {
            "state": "done",
            "amount_file": 1.0,
            "user_id": self.env.ref("base.user_admin").id,
            "name": "X",
            "problem": "x",
            "note": "x",
        }
        for name, value in forged.items():
            with self.subTest(field=name), self.assertRaises(AccessError):
                self._call(self.ecommerce_clerk, record, "write", {name: value})

    def test_import_cannot_be_born_running_or_as_somebody_else(self):
        for vals in ({"state": "running"}, {"user_id": self.env.ref("base.user_admin").id}, {"amount_file": 5.0}, {"name": "OI-1"}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                self.env["cosmetics.order.import"].with_user(self.ecommerce_clerk).create(vals)

    def test_form_may_send_the_values_of_an_untouched_import(self):
        vals = {"name": "/", "state": "draft", "user_id": self.ecommerce_clerk.id, "problem": False, "amount_file": 0}
        record = self.env["cosmetics.order.import"].with_user(self.ecommerce_clerk).create(vals)
        self.assertNotEqual(record.name, "/")

    def test_job_runs_as_the_clerk_who_pressed_import(self):
        record = self._preview()
        self._call(self.colleague, record, "action_import")
        self.assertEqual(record.user_id, self.colleague)
        with self.enter_registry_test_mode():
            self.env.ref("cosmetics_sales.ir_cron_order_import").method_direct_trigger()
        self.assertEqual(record.order_ids.create_uid, self.colleague)

    def test_clerk_who_has_left_does_not_hold_up_the_imports_of_others(self):
        left, other = self._preview("KH01"), self._preview("MS02", "MS02")
        self._call(self.colleague, left, "action_import")
        self._call(self.ecommerce_clerk, other, "action_import")
        self.colleague.action_archive()
        with self.enter_registry_test_mode():
            self.env.ref("cosmetics_sales.ir_cron_order_import").method_direct_trigger()
        self.assertEqual((left.state, other.state), ("preview", "done"))
        self.assertIn(self.colleague.name, left.problem)
        self._call(self.ecommerce_clerk, left, "action_import_now")
        self.assertEqual((left.state, left.problem), ("done", False))

    # ------------------------------------------------------------------ rows
    def test_rows_are_neither_made_nor_deleted_by_hand(self):
        record = self._preview()
        with self.assertRaises(AccessError):
            self.env["cosmetics.order.import.line"].with_user(self.ecommerce_clerk).create({"import_id": record.id})
        with self.assertRaises(AccessError):
            self._call(self.ecommerce_clerk, record.line_ids[0], "unlink")
        with self.assertRaises(AccessError):
            self._call(self.ecommerce_clerk, record, "write", {"line_ids": [(0, 0, {"order_ref": "X"})]})

    def test_what_the_file_said_and_what_became_of_it_is_not_written_by_hand(self):
        line = self._preview().line_ids.filtered(lambda line: line.verdict == "bad")
        forged = {
            "payload": {"order_no": "X"}, "rows": [], "amount": 1, "verdict": "new", "is_done": True, "order_ref": "X", "reason": "x",
            "order_id": self.env["sale.order"].search([], limit=1).id, "missing_code": "KH01", "import_id": line.import_id.id,
        }  # fmt: skip
        for name, value in forged.items():
            with self.subTest(field=name), self.assertRaises(AccessError):
                self._call(self.ecommerce_clerk, line, "write", {name: value})

    def test_row_that_is_imported_is_mended_no_more(self):
        line = self._done().line_ids.filtered("is_done")
        for vals in ({"payload_text": "{}"}, {"product_id": self.cream.id}, {"quantity": 3}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "has been imported"):
                self._call(self.ecommerce_clerk, line, "write", vals)

    def test_colleague_mends_and_retries_what_another_clerk_left(self):
        record = self._done()
        line = record.line_ids.filtered(lambda line: line.verdict == "bad")
        self._call(self.colleague, line, "write", {"product_id": self.cream.id})
        self._call(self.colleague, line, "action_retry")
        self.assertTrue(line.is_done, line.reason)
        self.assertTrue(record.is_balanced)

    def test_retrying_an_imported_row_changes_nothing(self):
        record = self._done()
        line = record.line_ids.filtered("is_done")
        order, before = line.order_id, line.read()
        self._call(self.ecommerce_clerk, line, "action_retry")
        self.assertEqual((line.read(), line.order_id), (before, order))

    # ------------------------------------------------------------------ files
    def test_file_of_an_import_that_has_begun_is_neither_changed_nor_deleted(self):
        file = self._done().attachment_ids
        for vals in ({"datas": b"eA=="}, {"raw": b"x"}, {"name": "x.csv"}, {"res_id": 0}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, SEALED):
                self._call(self.ecommerce_clerk, file, "write", vals)
        with self.assertRaisesRegex(UserError, SEALED):
            self._call(self.ecommerce_clerk, file, "unlink")

    def test_colleague_reads_the_file_and_previews_it_again(self):
        record = self._preview()
        self.assertTrue(record.attachment_ids.with_user(self.colleague).raw)
        self._call(self.colleague, record, "action_preview")
        self.assertEqual(record.line_count, 2)

    def test_file_of_another_record_is_copied_not_taken_away(self):
        partner = self.env["res.partner"].create({"name": "Owner of the File"})
        raw = order_files.file_of("pinduoduo", [order_files.pinduoduo_order(NUMBERS[0], "KH01")])
        file = self.env["ir.attachment"].create({"name": "a.csv", "raw": raw, "res_model": "res.partner", "res_id": partner.id})
        imports = self.env["cosmetics.order.import"].with_user(self.ecommerce_clerk)
        record = imports.create({"attachment_ids": [(6, 0, file.ids)], "channel_id": self.channel.id})
        self.assertEqual((file.res_model, file.res_id), ("res.partner", partner.id))
        self.assertNotEqual(record.attachment_ids, file)
        record.action_preview()
        self.assertEqual(record.new_count, 1)

    def test_file_nobody_showed_the_clerk_is_not_read_through_an_import(self):
        secret = self.env["ir.attachment"].with_user(self.master).create({"name": "secret.csv", "raw": b"a,b"})
        imports = self.env["cosmetics.order.import"].with_user(self.ecommerce_clerk)
        with self.assertRaises(AccessError):
            imports.create({"attachment_ids": [(6, 0, secret.ids)]}).action_preview()

    # ------------------------------------------------------------------ roles
    def test_reviewer_reads_and_presses_nothing(self):
        record = self._preview()
        self.assertEqual(self._call(self.reviewer, record, "read", ["line_count"])[0]["line_count"], 2)
        self.assertTrue(self._call(self.reviewer, record, "action_open_lines"))
        self.assertTrue(self._call(self.reviewer, record, "action_open_orders"))
        for method in ("action_preview", "action_import", "action_import_now", "unlink"):
            with self.subTest(method=method), self.assertRaises(AccessError):
                self._call(self.reviewer, record, method)
        with self.assertRaises(AccessError):
            self._call(self.reviewer, record.line_ids, "action_retry")
        with self.assertRaises(AccessError):
            self._call(self.reviewer, record.line_ids[0], "write", {"payload_text": "{}"})

    def test_others_neither_see_nor_press(self):
        record = self._preview()
        for user in (self.salesperson, self.plain, self.master):
            for records, methods in (
                (record, ("read", "action_preview", "action_import", "action_import_now", "unlink")),
                (record.line_ids, ("read", "action_retry", "unlink")),
            ):
                for method in methods:
                    with self.subTest(user=user.login, method=method), self.assertRaises(AccessError):
                        self._call(user, records, method)

    def test_helpers_are_not_called_from_outside(self):
        record = self._preview()
        for records, method in ((record, "_import_waiting"), (record, "_set_running"), (record.line_ids, "_import_together")):
            with self.subTest(method=method), self.assertRaises(AccessError):
                self._call(self.ecommerce_clerk, records, method)

    def test_rows_aliases_and_actions_of_another_company_are_out_of_reach(self):
        company = self.env["res.company"].create({"name": "Another Company"})
        record = self.env["cosmetics.order.import"].create({"company_id": company.id})
        line = self.env["cosmetics.order.import.line"].create({"import_id": record.id, "verdict": "bad"})
        alias = self.env["cosmetics.product.alias"].create({"company_id": company.id, "code": "X", "product_id": self.cream.id})
        for records, method in ((record, "action_preview"), (line, "action_retry"), (line, "read"), (alias, "read"), (alias, "unlink")):
            with self.subTest(model=records._name, method=method), self.assertRaises(AccessError):
                self._call(self.ecommerce_clerk, records, method)

    # ------------------------------------------------------------------ layouts
    def test_layout_of_the_system_is_archived_or_copied_but_not_changed(self):
        shipped = self.env["cosmetics.order.import.profile"].search([("key", "=", "pinduoduo")])
        shipped.with_user(self.ecommerce_clerk).active = False
        shipped.with_user(self.ecommerce_clerk).sequence = 3
        for vals in ({"signature": "订单号"}, {"name": "X"}, {"kind": "orders"}, {"column_ids": [(5,)]}, {"details": {}}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "Copy it"):
                self._call(self.ecommerce_clerk, shipped, "write", vals)
        for records, vals in ((shipped.column_ids[0], {"headers": "x"}), (shipped.status_ids[0], {"name": "x"})):
            with self.subTest(model=records._name), self.assertRaisesRegex(UserError, "Copy it"):
                self._call(self.ecommerce_clerk, records, "write", vals)
            with self.subTest(model=records._name), self.assertRaisesRegex(UserError, "Copy it"):
                self._call(self.ecommerce_clerk, records, "unlink")

    def test_column_does_not_slip_into_a_layout_of_the_system(self):
        shipped = self.env["cosmetics.order.import.profile"].search([("key", "=", "pinduoduo")])
        own = shipped.with_user(self.ecommerce_clerk).copy()
        columns = self.env["cosmetics.order.import.profile.column"].with_user(self.ecommerce_clerk)
        with self.assertRaisesRegex(UserError, "Copy it"):
            columns.create({"profile_id": shipped.id, "field": "shop", "headers": "店铺"})
        with self.assertRaisesRegex(UserError, "Copy it"):
            own.column_ids.filtered(lambda column: column.field == "seller_note").profile_id = shipped

    def test_clerk_delivers_no_layout_and_renames_no_key(self):
        profiles = self.env["cosmetics.order.import.profile"].with_user(self.ecommerce_clerk)
        own = profiles.search([("key", "=", "generic")]).copy()
        for vals in ({"is_shipped": True}, {"key": "douyin"}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                own.write(vals)
        with self.assertRaises(AccessError):
            profiles.create({"name": "X", "signature": "订单号", "is_shipped": True})

    def test_layout_changed_later_changes_no_import_that_is_there(self):
        own = self.env["cosmetics.order.import.profile"].search([("key", "=", "pinduoduo")]).with_user(self.ecommerce_clerk).copy()
        record = self._done("KH01")
        before = record.line_ids.read(["payload", "amount", "verdict", "order_ref"])
        own.column_ids.filtered(lambda column: column.field == "receivable").headers = "用户实付金额(元)"
        record.invalidate_recordset()
        self.assertEqual(record.line_ids.read(["payload", "amount", "verdict", "order_ref"]), before)
        self.assertEqual(record.order_ids.amount_total, 99.0)
        self.assertTrue(record.is_balanced)
