"""Batches of a receipt: typed, pasted, scanned, applied, applied again."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .receiving_common import ReceivingCommon

BARCODE = "6901234567892"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-01 04:00:00")
class TestReceiptGrid(ReceivingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.write({"barcode": BARCODE, "default_code": "TC-50"})
        cls.other = cls._create_product(name="Test Mask", default_code="TM-01", shelf_life_months=24, is_storable=True)

    def _open(self, picking, user=None):
        action = picking.with_user(user or self.keeper).action_enter_batches()
        return Form(self.env["cosmetics.receipt.grid"].with_user(user or self.keeper).with_context(**action["context"]))

    def _batches(self, picking):
        """Return what the lines of a receipt say, as sorted tuples."""
        return sorted(
            (line.product_id.default_code, line.lot_name or line.lot_id.name, line.production_date, line.expiration_on, line.quantity)
            for line in picking.move_line_ids
        )

    def test_grid_starts_with_what_is_to_be_received(self):
        form = self._open(self._create_receipt((self.product, 12), (self.other, 5)))
        with form.line_ids.edit(0) as first:
            self.assertEqual((first.product_id, first.quantity, first.verdict), (self.product, 12, "open"))
        self.assertEqual(len(form.line_ids), 2)

    def test_production_date_shows_the_use_by_date_at_once(self):
        form = self._open(self._create_receipt((self.product, 12)))
        with form.line_ids.edit(0) as line:
            line.batch_no = "A1"
            line.production_date = "2026-01-15"
            self.assertEqual(line.expiration_on, date(2029, 1, 14))
            self.assertEqual(line.verdict, "good")
            self.assertIn("1050", line.verdict_text)

    def test_use_by_date_shows_the_production_date_but_does_not_invent_it(self):
        picking = self._create_receipt((self.product, 12))
        form = self._open(picking)
        with form.line_ids.edit(0) as line:
            line.batch_no = "A1"
            line.expiration_on = "2029-01-14"
            self.assertEqual(line.production_date, date(2026, 1, 15))
        form.save().action_apply()
        self.assertEqual(self._batches(picking), [("TC-50", "A1", False, date(2029, 1, 14), 12)])
        picking.button_validate()
        lot = self._lot(self.product)
        self.assertEqual((lot.production_date, lot.expiration_on, lot.expiry_basis), (False, date(2029, 1, 14), "printed"))

    def test_both_dates_of_the_pack_are_kept(self):
        picking = self._create_receipt((self.product, 12))
        form = self._open(picking)
        with form.line_ids.edit(0) as line:
            line.batch_no = "A1"
            line.production_date = "2026-01-15"
            line.expiration_on = "2028-12-31"
            self.assertEqual(line.production_date, "2026-01-15")  # as typed, not counted back
        form.save().action_apply()
        picking.button_validate()
        lot = self._lot(self.product)
        self.assertEqual((lot.production_date, lot.expiration_on, lot.expiry_basis), (date(2026, 1, 15), date(2028, 12, 31), "printed"))

    def test_applying_again_replaces(self):
        picking = self._create_receipt((self.product, 12))
        for batch, quantity in (("A1", 12), ("A2", 7), ("A2", 7)):
            form = self._open(picking)
            with form.line_ids.edit(0) as line:
                line.batch_no = batch
                line.production_date = "2026-01-15"
                line.quantity = quantity
            form.save().action_apply()
        self.assertEqual(self._batches(picking), [("TC-50", "A2", date(2026, 1, 15), date(2029, 1, 14), 7)])

    def test_opening_again_shows_what_was_applied_and_what_is_open(self):
        picking = self._create_receipt((self.product, 12))
        form = self._open(picking)
        with form.line_ids.edit(0) as line:
            line.batch_no, line.production_date, line.quantity = "A1", "2026-01-15", 7
        form.save().action_apply()
        again = self._open(picking)
        self.assertEqual(
            [(again.line_ids.edit(i)._values["batch_no"], again.line_ids.edit(i)._values["quantity"]) for i in (0, 1)],
            [("A1", 7), (False, 5)],
        )

    def test_pasted_sheet_fills_the_grid_and_names_what_it_cannot_read(self):
        picking = self._create_receipt((self.product, 12), (self.other, 5))
        form = self._open(picking)
        form.paste_text = (
            f"条码\t批号\t生产日期\t限期使用日期\t数量\n{BARCODE}\tA1\t2026年1月15日\t\t7\n{BARCODE}\tA2\t46037\t\t5\n"
            "TM-01\tB1\t\t2028-01-31\t5\nXX\tC1\t2026/1/1\t\t1\nTM-01\tB2\t2026-02-30\t\t1"
        )
        self.assertIn("3", form.message)
        self.assertIn("5", form.message)  # the lines as the person counts them
        self.assertIn("XX", form.message)
        form.save().action_apply()
        self.assertEqual(
            self._batches(picking),
            [
                ("TC-50", "A1", date(2026, 1, 15), date(2029, 1, 14), 7),
                ("TC-50", "A2", date(2026, 1, 15), date(2029, 1, 14), 5),
                ("TM-01", "B1", False, date(2028, 1, 31), 5),
            ],
        )

    def test_pasting_twice_changes_nothing(self):
        picking = self._create_receipt((self.product, 12))
        form = self._open(picking)
        for _attempt in range(2):
            form.paste_text = f"{BARCODE},A1,2026-01-15,,12"
        form.save().action_apply()
        self.assertEqual(self._batches(picking), [("TC-50", "A1", date(2026, 1, 15), date(2029, 1, 14), 12)])

    def _scan(self, *codes, quantity=12):
        picking = self._create_receipt((self.product, quantity))
        form = self._open(picking)
        for code in codes:
            form.scan_code = code
            self.assertFalse(form.scan_code, "the field is free for the next code")
        form.save().action_apply()
        return self._batches(picking)

    def test_scanned_labels_of_every_kind_give_the_batch(self):
        expected = [("TC-50", "A1", False, date(2029, 2, 28), 12)]
        codes = {
            "brackets": "(01)06901234567892(17)290228(10)A1",
            "FNC1": "0106901234567892" + "17290228" + "10A1\x1d" + "3712",
            "FNC1 with prefix": "]d20106901234567892" + "10A1\x1d" + "17290228",
            "digital link": f"https://id.example.cn/01/0{BARCODE}/10/A1?17=290228",
            "Chinese QR": f"https://qr.example.cn/t?code={BARCODE}&batch=A1&exp=20290228",
            "Chinese text": "生产批号:A1 限期使用日期:2029-02-28",
        }
        for name, code in codes.items():
            with self.subTest(name):
                self.assertEqual(self._scan(code), expected)

    def test_gs1_production_date_is_read(self):
        self.assertEqual(self._scan("0106901234567892" + "11260115" + "10A1"), [("TC-50", "A1", date(2026, 1, 15), date(2029, 1, 14), 12)])

    def test_barcode_alone_chooses_the_product_for_the_next_label(self):
        picking = self._create_receipt((self.product, 12), (self.other, 5))
        form = self._open(picking)
        form.scan_code = "TM-01"
        form.scan_code = "批号:B1;生产日期:2026-01-15"
        form.save().action_apply()
        self.assertIn(("TM-01", "B1", date(2026, 1, 15), date(2028, 1, 14), 5), self._batches(picking))

    def test_cartons_scanned_one_by_one_add_up(self):
        carton = "(02)06901234567892(17)290228(10)A1(37)6"
        self.assertEqual(self._scan(carton, carton)[0][4], 12)

    def test_unknown_code_is_told(self):
        form = self._open(self._create_receipt((self.product, 12)))
        form.scan_code = "6900000000001"
        self.assertIn("6900000000001", form.message)

    def test_gs1_date_that_never_was_is_told(self):
        form = self._open(self._create_receipt((self.product, 12)))
        form.scan_code = "(01)06901234567892(17)290230(10)A1"
        self.assertIn("use-by date", form.message)

    def test_excess_is_told_and_received(self):
        picking = self._create_receipt((self.product, 12))
        form = self._open(picking)
        with form.line_ids.edit(0) as line:
            line.batch_no, line.production_date, line.quantity = "A1", "2026-01-15", 15
        self.assertIn("3 too many", form.notice)
        form.save().action_apply()
        self.assertEqual(sum(picking.move_line_ids.mapped("quantity")), 15)

    def test_batches_are_spread_over_two_moves_of_a_product(self):
        picking = self._create_receipt((self.product, 4))
        picking.move_ids.copy({"product_uom_qty": 6, "picking_id": picking.id, "description_picking": "second"})._action_confirm(
            merge=False
        )
        form = self._open(picking)
        form.paste_text = "TC-50,A1,2026-01-15,,10"
        form.save().action_apply()
        self.assertEqual(sorted(picking.move_ids.mapped("quantity")), [4, 6])

    def test_batch_without_date_is_refused(self):
        form = self._open(self._create_receipt((self.product, 12)))
        with form.line_ids.edit(0) as line:
            line.batch_no = "A1"
        with self.assertRaisesRegex(ValidationError, "has no date"):
            form.save().action_apply()

    def test_empty_grid_is_refused(self):
        with self.assertRaises(UserError):
            self._open(self._create_receipt((self.product, 12))).save().action_apply()

    def test_done_receipt_takes_no_batches(self):
        picking = self._receive(self.product)
        with self.assertRaises(UserError):
            picking.action_enter_batches()

    def test_expired_and_short_batches_are_marked(self):
        self.supplier.write({"has_receipt_minimum": True, "receipt_min_days": 400})
        form = self._open(self._create_receipt((self.product, 12)))
        with form.line_ids.edit(0) as line:
            line.batch_no = "A1"
            line.expiration_on = "2026-02-28"
            self.assertEqual(line.verdict, "expired")
            line.expiration_on = "2027-03-31"
            self.assertEqual(line.verdict, "short")
            line.expiration_on = "2027-04-05"
            self.assertEqual(line.verdict, "good")

    def test_people_outside_the_warehouse_cannot_open_it(self):
        stranger = self._create_user("test_stranger")
        picking = self._create_receipt((self.product, 12))
        with self.assertRaises(AccessError):
            picking.with_user(stranger).action_enter_batches()
