"""The file for the tax platform: what is in it, what is refused, and how what was issued finds its way back."""

import base64
import io

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools.safe_eval import safe_eval
from python_calamine import CalamineWorkbook

from ..tools.issue_file import HEAD, HEAD_SHEET, LINE_SHEET, LINES
from . import files
from .common import BUYER_VAT, FapiaoCommon, number


@tagged("post_install", "-at_install")
@freeze_time("2026-11-28 04:00:00")
class TestIssue(FapiaoCommon):
    def _sheets(self, batch):
        """Return {sheet: list of rows by column} of the file of a list."""
        book = CalamineWorkbook.from_filelike(io.BytesIO(base64.b64decode(batch.with_context(bin_size=False).file)))
        found = {}
        for name in book.sheet_names:
            header, *body = book.get_sheet_by_name(name).to_python()
            found[name] = (header, [dict(zip(header, row, strict=True)) for row in body])
        return found

    def _line(self, price, quantity=1, tax=None, **vals):
        taxes = self.tax13 if tax is None else tax
        return Command.create({"name": "面霜", "quantity": quantity, "price_unit": price, "tax_ids": [Command.set(taxes.ids)], **vals})

    def _invoice_of(self, *lines, **vals):
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice", "partner_id": self.customer.id, "invoice_date": "2026-11-20",
                "invoice_line_ids": list(lines), **vals,
            }
        )  # fmt: skip
        move.action_post()
        return move

    def test_file_has_the_two_sheets_with_the_columns_in_order(self):
        batch = self._list_of(self._post(self.tax13))
        action = batch.action_export()
        sheets = self._sheets(batch)
        self.assertEqual(list(sheets), ["1-发票基本信息", "2-发票明细信息"])
        self.assertEqual(sheets[HEAD_SHEET][0], list(HEAD))
        self.assertEqual(sheets[LINE_SHEET][0], list(LINES))
        self.assertEqual((HEAD[0], HEAD[7], HEAD[12], HEAD[25], len(HEAD)), ("发票流水号", "购买方纳税人识别号", "备注", "复核人", 26))
        self.assertIn("/file/", action["url"])

    def test_head_tells_kind_buyer_and_serial(self):
        move = self._post(self.tax13)
        batch = self._list_of(move)
        batch.request_ids.remark = "双十一订单"
        batch.action_export()
        (head,) = self._sheets(batch)[HEAD_SHEET][1]
        serial = f"XA{move.id}-1"
        self.assertEqual((head["发票流水号"], head["发票类型"], head["是否含税"]), (serial, "增值税专用发票", "否"))
        self.assertEqual((head["购买方名称"], head["购买方纳税人识别号"], head["受票方自然人标识"]), ("西安晨光商贸", BUYER_VAT, "否"))
        self.assertEqual(head["备注"], f"双十一订单 {serial}")

    def test_prices_with_tax_are_told_with_tax(self):
        batch = self._list_of(self._post(self.tax13_included, 113))
        batch.action_export()
        sheets = self._sheets(batch)
        self.assertEqual(sheets[HEAD_SHEET][1][0]["是否含税"], "是")
        line = sheets[LINE_SHEET][1][0]
        self.assertEqual((line["金额"], line["单价"], line["数量"], line["税率"]), (113.0, "113", "1", "0.13"))

    def test_mixed_prices_are_told_without_tax_and_add_up(self):
        batch = self._list_of(self._invoice_of(self._line(100), self._line(113, tax=self.tax13_included)))
        batch.action_export()
        sheets = self._sheets(batch)
        self.assertEqual(sheets[HEAD_SHEET][1][0]["是否含税"], "否")
        self.assertEqual([line["金额"] for line in sheets[LINE_SHEET][1]], [100.0, 100.0])

    def test_discount_in_percent_stands_beside_the_full_amount(self):
        batch = self._list_of(self._invoice_of(self._line(100, 2, discount=10)))
        batch.action_export()
        (line,) = self._sheets(batch)[LINE_SHEET][1]
        self.assertEqual((line["金额"], line["折扣金额"], line["单价"], line["数量"]), (200.0, 20.0, "100", "2"))

    def test_discount_line_is_spread_over_the_goods_of_its_rate(self):
        batch = self._list_of(self._invoice_of(self._line(200), self._line(100), self._line(-10, name="满减")))
        batch.action_export()
        lines = self._sheets(batch)[LINE_SHEET][1]
        self.assertEqual([(line["金额"], line["折扣金额"]) for line in lines], [(200.0, 6.67), (100.0, 3.33)])

    def test_exempt_goods_are_told_as_such(self):
        batch = self._list_of(self._post(self._tax("xian_tax_sale_exempt")))
        batch.request_ids.is_special = False
        batch.action_export()
        (line,) = self._sheets(batch)[LINE_SHEET][1]
        self.assertEqual((line["税率"], line["是否使用优惠政策"], line["享受优惠政策类型"]), ("免税", "是", "免税"))

    def test_classification_code_comes_from_product_then_category_then_company(self):
        category = self.env["product.category"].create({"name": "护肤", "fapiao_class_code": "1" * 19})
        below = self.env["product.category"].create({"name": "面霜", "parent_id": category.id})
        product = self.env["product.product"].create({"name": "保湿面霜", "categ_id": below.id, "type": "consu"})
        self.assertEqual(product._get_fapiao_class_code(self.company), ("1" * 19, False))
        product.fapiao_class_code = "2" * 19
        self.assertEqual(product._get_fapiao_class_code(self.company), ("2" * 19, False))
        none = self.env["product.product"]
        self.assertEqual(none._get_fapiao_class_code(self.company), ("1070223010000000000", True))

    def test_classification_code_has_19_digits(self):
        for model in ("product.category", "product.template"):
            with self.subTest(model), self.assertRaisesRegex(ValidationError, "19 digits"):
                self.env[model].create({"name": "面霜", "fapiao_class_code": "107022301"})

    def test_default_code_is_a_warning_and_does_not_stop(self):
        batch = self._list_of(self._post(self.tax13))
        self.assertIn("Confirm on the platform", batch.request_ids.problems)
        self.assertFalse(batch.request_ids.is_blocked)

    def test_special_invoice_without_a_tax_number_is_stopped(self):
        self.customer.vat = False
        batch = self._list_of(self._post(self.tax13))
        self.assertFalse(batch.request_ids.is_special)
        batch.request_ids.is_special = True
        with self.assertRaisesRegex(UserError, "needs the buyer's tax number"):
            batch.action_export()
        self.assertEqual((batch.blocked_count, batch.state, batch.file), (1, "draft", False))

    def test_long_names_long_remarks_and_formulas_are_stopped(self):
        batch = self._list_of(self._post(self.tax13))
        request = batch.request_ids
        for remark, words in (("x" * 225, "longer than 230"), ("=HYPERLINK(1)", "a spreadsheet would run")):
            request.remark = remark
            request.action_check()
            self.assertIn(words, request.problems)
        request.remark = False
        self.customer.name = "长" * 101
        with self.assertRaisesRegex(UserError, "longer than 100"):
            batch.action_export()

    def test_text_cells_are_never_formulas(self):
        self.customer.email = "+86@example.com"
        batch = self._list_of(self._post(self.tax13))
        self.assertIn("spreadsheet would run", batch.request_ids.problems)

    def test_line_without_a_vat_rate_is_stopped(self):
        batch = self._list_of(self._post(self.env["account.tax"]))
        self.assertTrue(batch.request_ids.is_blocked)
        self.assertIn("no single VAT rate", batch.request_ids.problems)

    def test_written_again_it_is_the_same_file_under_the_same_serials(self):
        batch = self._list_of(self._post(self.tax13) + self._post(self.tax13, 50))
        batch.action_export()
        first = self._sheets(batch)
        batch.action_export()
        self.assertEqual((self._sheets(batch), batch.state), (first, "exported"))

    def test_an_invoice_is_on_one_list(self):
        move = self._post(self.tax13)
        batch = self._list_of(move)
        self.assertEqual(move.fapiao_state, "requested")
        with self.assertRaisesRegex(UserError, "are on no list"):
            self._list_of(move)
        with self.assertRaisesRegex(ValidationError, f"on issue list {batch.name} already"):
            self.as_accountant("cosmetics.fapiao.request").create({"batch_id": batch.copy().id, "move_id": move.id})

    def test_drafts_refunds_and_bills_are_left_out(self):
        good = self._post(self.tax13)
        refund = self._post(self.tax13, move_type="out_refund")
        batch = self._list_of(good + refund + self._bill(100) + self._invoice(self.tax13))
        self.assertEqual(batch.request_ids.move_id, good)
        with self.assertRaisesRegex(ValidationError, "no posted customer invoice"):
            self.as_accountant("cosmetics.fapiao.request").create({"batch_id": batch.id, "move_id": refund.id})

    def test_withdrawn_invoice_gets_the_next_serial(self):
        move = self._post(self.tax13)
        batch = self._list_of(move)
        batch.action_export()
        with self.assertRaisesRegex(UserError, "Withdraw it instead"):
            batch.request_ids.unlink()
        batch.request_ids.action_withdraw()
        self.assertEqual((batch.request_ids.state, move.fapiao_state), ("void", "none"))
        self.assertEqual(self._list_of(move).request_ids.serial, f"XA{move.id}-2")

    def test_what_was_issued_finds_its_invoice_by_the_serial_in_the_remark(self):
        moves = self._post(self.tax13) + self._post(self.tax13)
        batch = self._list_of(moves)
        batch.action_export()
        rows = [
            files.row(serial, 备注=request.serial, **files.ISSUED)
            for serial, request in enumerate(batch.request_ids.sorted("id", reverse=True), 1)
        ]
        self._read_file("list.xlsx", files.invoice_list(*rows))
        self.assertEqual([move.fapiao for move in batch.request_ids.sorted("id").move_id], [number(2), number(1)])
        self.assertEqual(
            (batch.state, batch.open_count, batch.request_ids.fapiao_id.mapped("match_state")), ("done", 0, ["matched", "matched"])
        )

    def test_serial_of_another_amount_is_not_believed(self):
        batch = self._list_of(self._post(self.tax13))
        batch.action_export()
        self._read_file("list.xlsx", files.invoice_list(files.row(1, "99.00", "12.87", 备注=batch.request_ids.serial, **files.ISSUED)))
        self.assertEqual((batch.open_count, self._find(1).match_state), (1, "open"))

    def test_one_click_tells_what_is_not_issued(self):
        issued, waiting = self._post(self.tax13), self._post(self.tax13, 50)
        self._read_file("list.xlsx", files.invoice_list(files.row(1, **files.ISSUED)))
        action = self.env.ref("cosmetics_finance_fapiao.account_move_to_issue_action")
        domain = [*safe_eval(action.domain), ("company_id", "=", self.company.id)]
        found = self.as_accountant("account.move").search(domain)
        self.assertIn(waiting, found)
        self.assertNotIn(issued, found)

    def test_empty_list_and_nothing_left_are_told(self):
        move = self._post(self.tax13)
        batch = self._list_of(move)
        batch.request_ids.action_withdraw()
        with self.assertRaisesRegex(UserError, "No invoice of"):
            batch.action_export()

    def test_reissued_after_a_red_letter_it_gets_a_new_serial(self):
        move = self._post(self.tax13)
        batch = self._list_of(move)
        self._read_file("list.xlsx", files.invoice_list(files.row(1, 备注=batch.request_ids.serial, **files.ISSUED)))
        remark = f"被红冲蓝字数电发票号码：{number(1)}"
        red = files.row(2, "-100.00", "-13.00", 备注=remark, **files.ISSUED)
        self._read_file("red.xlsx", files.invoice_list(red))
        self.assertEqual((move.fapiao_difference, move.fapiao_state), (113, "none"))
        self.assertEqual(self._list_of(move).request_ids.serial, f"XA{move.id}-2")
