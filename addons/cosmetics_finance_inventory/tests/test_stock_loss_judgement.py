"""What is an abnormal loss is judged by people; what is booked changes by undoing only."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import LossCommon


@tagged("post_install", "-at_install")
class TestStockLossJudgement(LossCommon):
    def test_the_accountant_judges_before_booking(self):
        self._dispose(2, reason="opened")
        loss = self.losses._collect(self.company).with_user(self.accountant)
        self.assertEqual((loss.state, loss.vat_amount), ("open", 0))
        loss.is_vat_transferred = True
        loss.action_post()
        self.assertEqual(self._lines(loss.move_id)["22210109"], (0, 7.8))

    def test_what_is_booked_is_not_judged_anew(self):
        self._dispose(2)
        with self.assertRaisesRegex(UserError, "Undo the entry first"):
            self._book().is_vat_transferred = False

    def test_undoing_reverses_the_entry_and_lets_judge_anew(self):
        self._dispose(2)
        loss = self._book()
        entry = loss.move_id
        loss.action_undo()
        self.assertEqual((loss.state, loss.move_id.id, entry.reversal_move_ids.state), ("open", False, "posted"))
        self.assertEqual(self._lines(entry.reversal_move_ids)["22210109"], (0, -7.8))
        loss.is_vat_transferred = False
        self._book()
        self.assertEqual(self._lines(loss.move_id), {"560204": (60, 0), "140500": (0, 60)})

    def test_undoing_twice_reverses_once(self):
        self._dispose(2)
        loss = self._book()
        entry = loss.move_id
        loss.action_undo()
        loss.action_undo()
        self.assertEqual(len(entry.reversal_move_ids), 1)

    def test_the_reason_decides_for_later_disposals(self):
        reason = self.env.ref("cosmetics_inventory.disposal_reason_recalled").with_user(self.accountant)
        self.assertFalse(reason.is_input_vat_transferred)
        reason.is_input_vat_transferred = True
        self._dispose(1, reason="recalled")
        self.assertEqual(self._book().vat_amount, 3.9)

    def test_the_warehouse_does_not_judge_about_tax(self):
        reason = self.env.ref("cosmetics_inventory.disposal_reason_damaged").with_user(self.quality)
        with self.assertRaises(AccessError):
            reason.is_input_vat_transferred = False

    def test_figures_are_nobodys_to_type(self):
        self._dispose(2)
        loss = self._book()
        for vals in ({"value": 1}, {"state": "open"}, {"vat_rate": 0}, {"move_id": False}):
            with self.assertRaisesRegex(UserError, "the figures come from the stock"):
                loss.write(vals)
        with self.assertRaises(AccessError):
            self.losses.create({"company_id": self.company.id, "product_id": self.product.id})
        with self.assertRaises(AccessError):
            loss.unlink()

    @mute_logger("odoo.sql_db")
    def test_goods_are_in_the_list_once(self):
        self._dispose(2)
        loss = self._book().sudo()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env.cr.execute(
                "INSERT INTO cosmetics_stock_loss (company_id, stock_move_id, date, kind, product_id, state)"
                " VALUES (%s, %s, %s, 'count', %s, 'open')",
                (loss.company_id.id, loss.stock_move_id.id, loss.date, loss.product_id.id),
            )

    def test_who_deducts_no_input_vat_transfers_none(self):
        self.company.account_purchase_tax_id = False
        self._dispose(2)
        loss = self._book()
        self.assertEqual((loss.is_vat_transferred, loss.vat_rate, loss.vat_amount), (True, 0, 0))
        self.assertFalse(loss.move_id.is_abnormal_loss)

    def test_the_rate_is_that_of_the_products_purchase_tax(self):
        tax = self.env["account.tax"].create({"name": "Test 9%", "amount": 9, "type_tax_use": "purchase"})
        self.product.supplier_taxes_id = tax
        self._dispose(2)
        self.assertEqual(self._book().vat_amount, 5.4)

    def test_the_entry_says_why_for_the_declaration(self):
        self._dispose(2)
        loss = self._book()
        entry = loss.move_id
        self.assertEqual(entry._get_vat_transfer_reason(), "abnormal_loss")
        loss.action_undo()
        self.assertEqual(entry.reversal_move_ids._get_vat_transfer_reason(), "abnormal_loss")
        self._open_tester()
        tester = self._book().filtered(lambda row: row.kind == "tester")
        self.assertFalse(tester.move_id._get_vat_transfer_reason())
