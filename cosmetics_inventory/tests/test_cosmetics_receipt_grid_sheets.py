"""Sheets pasted into the grid, codes scanned into it, and what reaches the receipt."""

from datetime import date

from lxml import etree
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .receiving_common import ReceivingCommon

BARCODE = "6901234567892"
MADE, GOOD_UNTIL = date(2026, 1, 15), date(2029, 1, 14)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-01 04:00:00")
class TestReceiptGridSheets(ReceivingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.write({"barcode": BARCODE, "default_code": "TC-50"})
        cls.mask = cls._create_product(name="Test Mask", default_code="TM-01", shelf_life_months=24, is_storable=True)

    def _open(self, *wanted, picking=None):
        """Return (receipt, open grid) as the keeper sees it."""
        picking = picking or self._create_receipt(*(wanted or ((self.product, 12),)))
        context = picking.with_user(self.keeper).action_enter_batches()["context"]
        return picking, Form(self.env["cosmetics.receipt.grid"].with_user(self.keeper).with_context(**context))

    def _paste(self, text, *wanted):
        """Return (batches on the receipt, message) after pasting and applying."""
        picking, form = self._open(*wanted)
        form.paste_text = text
        message = form.message
        form.save().action_apply()
        return self._batches(picking), message

    def _refusal(self, row):
        """Return what is said about one pasted row."""
        _picking, form = self._open()
        form.paste_text = row
        self.assertFalse(form.paste_text, "the field is free for the next sheet")
        return form.message

    def _batches(self, picking):
        return sorted(
            (line.product_id.default_code, line.lot_name, line.production_date, line.expiration_on, line.quantity)
            for line in picking.move_line_ids
        )

    # ------------------------------------------------------------------ sheets
    def test_columns_stand_in_any_order(self):
        cells = {"条码": BARCODE, "批号": "A1", "生产日期": "2026/1/15", "数量": "12"}
        expected = [("TC-50", "A1", MADE, GOOD_UNTIL, 12)]
        for order in (list(cells), list(cells)[::-1], ["数量", "条码", "备注", "生产日期", "批号"]):
            with self.subTest(order):
                text = "\n".join(("\t".join(order), "\t".join(cells.get(name, "x") for name in order)))
                self.assertEqual(self._paste(text)[0], expected)

    def test_every_spelling_of_a_day_gives_the_same_batch(self):
        for day in ("2026-01-15", "2026/1/15", "2026.1.15", "20260115", "2026年1月15日", "46037", "46037.0", "２０２６年１月１５日"):
            with self.subTest(day):
                self.assertEqual(self._paste(f"TC-50\tA1\t{day}\t\t12")[0], [("TC-50", "A1", MADE, GOOD_UNTIL, 12)])

    def test_each_bad_row_is_named_with_its_reason(self):
        reasons = {
            "": "no product has the code",
            "XX\tA1\t2026-01-15\t\t1": "no product has the code XX",
            "TC-50\t\t2026-01-15\t\t1": "the batch is missing",
            "TC-50\tA1\t2026-02-30\t\t1": "production date",
            "TC-50\tA1\t\t2029-13-01\t1": "use-by date",
            "TC-50\tA1\t2026-01-15\t\tmany": "quantity",
            "TC-50\tA1\t2026-01-15\t\t-3": "quantity",
            "TC-50\tA1\t2026-01-15\t\t0": "the quantity is missing",
            "TC-50\tA1\t2026-01-15\t\t": "the quantity is missing",
            "TC-50\tA1\t15/01/2026\t\t3": "production date",
        }
        for row, reason in reasons.items():
            with self.subTest(row):
                message = self._refusal(f"条码\t批号\t生产日期\t效期\t数量\n{row or chr(9) + 'A1'}")
                self.assertIn("0 of 1", message)
                self.assertIn("Line 2", message)
                self.assertIn(reason, message)

    def test_good_rows_are_taken_over_beside_bad_ones(self):
        batches, message = self._paste("TC-50\tA1\t2026-01-15\t\t12\n\nTC-50\tA2\tsoon\t\t3")
        self.assertEqual(batches, [("TC-50", "A1", MADE, GOOD_UNTIL, 12)])
        self.assertIn("1 of 2", message)
        self.assertIn("Line 3", message)

    def test_batch_that_stands_in_two_rows_adds_up(self):
        batches, _message = self._paste("TC-50\tA1\t2026-01-15\t\t7\nTC-50\tA1\t2026-01-15\t\t5")
        self.assertEqual(batches, [("TC-50", "A1", MADE, GOOD_UNTIL, 12)])

    def test_sheet_with_a_batch_in_two_rows_may_be_pasted_again(self):
        _picking, form = self._open()
        for _attempt in range(2):
            form.paste_text = "TC-50\tA1\t2026-01-15\t\t7\nTC-50\tA1\t2026-01-15\t\t5"
        with form.line_ids.edit(0) as line:
            self.assertEqual((line.batch_no, line.quantity, len(form.line_ids)), ("A1", 12, 1))

    def test_one_batch_number_of_two_products_stays_two_batches(self):
        batches, _message = self._paste("TC-50\tA1\t2026-01-15\t\t12\nTM-01\tA1\t2026-01-15\t\t5", (self.product, 12), (self.mask, 5))
        self.assertEqual(batches, [("TC-50", "A1", MADE, GOOD_UNTIL, 12), ("TM-01", "A1", MADE, date(2028, 1, 14), 5)])

    def test_long_list_of_bad_rows_is_cut_off(self):
        message = self._refusal("\n".join(f"X{number}\tA1\t2026-01-15\t\t1" for number in range(30)))
        self.assertIn("0 of 30", message)
        self.assertEqual(len(message.splitlines()), 11)

    def test_barcode_without_its_leading_zeros_is_found(self):
        self.mask.barcode = "0012345678905"
        batches, _message = self._paste("12345678905\tM1\t2026-01-15\t\t5", (self.mask, 5))
        self.assertEqual([row[:2] for row in batches], [("TM-01", "M1")])

    def test_sign_that_is_a_joker_in_the_database_is_just_a_sign(self):
        for code in ("TC_50", "TC%", "%"):
            with self.subTest(code):
                self.assertIn("no product has the code", self._refusal(f"{code}\tA1\t2026-01-15\t\t1"))

    def test_product_that_was_not_ordered_is_received_and_told(self):
        picking, form = self._open()
        form.paste_text = "TC-50\tA1\t2026-01-15\t\t12\nTM-01\tB1\t2026-01-15\t\t2"
        self.assertIn("2 too many", form.notice)
        form.save().action_apply()
        picking.button_validate()
        self.assertIn(self.mask, self._records(picking).product_id)

    # ------------------------------------------------------------------ scans
    def test_codes_from_the_scanner_that_mean_nothing_are_told(self):
        for code in ("0106901234567892" + "17291330" + "10A1", "https://[broken", "(17)", "]C1", "\x1d", "批号"):
            with self.subTest(code):
                _picking, form = self._open()
                form.scan_code = code
                self.assertTrue(form.message)
                self.assertFalse(form.line_ids.edit(0)._values["batch_no"])

    def test_batch_without_a_separator_takes_what_follows_as_scanners_do(self):
        picking, form = self._open()
        form.scan_code = "0106901234567892" + "10A1\x1d" + "17290114"
        form.save().action_apply()
        self.assertEqual(self._batches(picking), [("TC-50", "A1", False, GOOD_UNTIL, 12)])

    def test_labels_of_several_products_in_any_turn(self):
        picking, form = self._open((self.product, 12), (self.mask, 5))
        self.mask.barcode = "6901234567908"
        form.scan_code = "(01)06901234567908(17)280114(10)M1(37)5"
        form.scan_code = "(01)06901234567892(17)290114(10)A1(37)8"
        form.scan_code = "(01)06901234567892(17)290214(10)A2(37)4"
        form.save().action_apply()
        rows = [("TC-50", "A1", 8), ("TC-50", "A2", 4), ("TM-01", "M1", 5)]
        self.assertEqual([(row[0], row[1], row[4]) for row in self._batches(picking)], rows)

    def test_batch_without_product_asks_for_the_product_when_there_are_two(self):
        _picking, form = self._open((self.product, 12), (self.mask, 5))
        form.scan_code = "批号:B1;生产日期:2026-01-15"
        self.assertIn("Scan the barcode of the product first", form.message)

    # ------------------------------------------------------------------ applying
    def test_negative_quantity_is_refused(self):
        _picking, form = self._open((self.product, 12), (self.mask, 5))
        form.paste_text = "TC-50\tA1\t2026-01-15\t\t12"
        with form.line_ids.edit(0) as line:
            line.quantity = -1
        with self.assertRaises(UserError):
            form.save().action_apply()

    def test_date_without_a_batch_is_refused(self):
        _picking, form = self._open((self.product, 12), (self.mask, 5))
        form.paste_text = "TC-50\tA1\t2026-01-15\t\t12"
        with form.line_ids.edit(len(form.line_ids) - 1) as line:
            if line.batch_no:
                self.fail("the open line stands last")
            line.production_date = "2026-01-15"
        with self.assertRaisesRegex(ValidationError, "no batch"):
            form.save().action_apply()

    def test_grid_opened_before_the_receipt_was_done_does_not_change_it(self):
        picking, form = self._open()
        form.paste_text = "TC-50\tA1\t2026-01-15\t\t12"
        grid = form.save()
        grid.action_apply()
        picking.button_validate()
        with self.assertRaisesRegex(UserError, "done or cancelled"):
            grid.action_apply()
        self.assertEqual(self._records(picking).mapped("quantity"), [12])

    def test_only_open_receipts_from_suppliers_have_a_grid(self):
        picking, _form = self._open()
        picking.action_cancel()
        with self.assertRaises(UserError), self.cr.savepoint():
            picking.with_user(self.keeper).action_enter_batches()
        delivery = self._create_receipt((self.product, 1))
        delivery.location_id = self.env.ref("stock.stock_location_customers")
        with self.assertRaises(UserError):
            delivery.with_user(self.keeper).action_enter_batches()

    def test_batch_known_with_another_date_is_stopped_at_the_receipt(self):
        self._receive(self.product, production_date=date(2026, 1, 15))
        picking, form = self._open()
        form.paste_text = "TC-50\tA1\t2025-12-15\t\t12"
        form.save().action_apply()
        with self.assertRaisesRegex(ValidationError, "known with the date"):
            picking.button_validate()

    def test_failed_batch_beside_a_good_one(self):
        picking, form = self._open()
        form.paste_text = "TC-50\tA1\t2026-01-15\t\t7\nTC-50\tA2\t2026-01-15\t\t5"
        with form.line_ids.edit(1) as line:
            line.is_inspection_failed = True
        form.save().action_apply()
        picking.button_validate()
        states = [self._lot(self.product, name).quality_state for name in ("A1", "A2")]
        self.assertEqual(states, ["released", "rejected"])
        self.assertEqual(self._records(picking).mapped("result"), ["pass", "fail"])

    def test_form_on_the_phone_asks_for_all_that_the_list_asks_for(self):
        arch = etree.fromstring(self.env["cosmetics.receipt.grid"].with_user(self.keeper).get_view(view_type="form")["arch"])
        asked = {kind: set(arch.xpath(f"//field[@name='line_ids']/{kind}//field/@name")) for kind in ("list", "form")}
        needed = {"product_id", "batch_no", "production_date", "expiration_on", "quantity", "is_inspection_failed", "verdict_text"}
        self.assertEqual((needed - asked["list"], needed - asked["form"]), (set(), set()))

    def test_sponge_without_dates_needs_none(self):
        sponge = self._create_product(
            name="Sponge",
            cosmetic_kind="other",
            item_class="tool",
            registration_no=False,
            tracking="lot",
            default_code="SP",
            is_storable=True,
        )
        batches, message = self._paste("SP\tS1\t\t\t4", (sponge, 4))
        self.assertEqual((batches, "1 of 1" in message), ([("SP", "S1", False, False, 4)], True))
