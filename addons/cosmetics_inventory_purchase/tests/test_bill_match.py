"""A bill says what was ordered and received, or somebody else releases it."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import PurchaseCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 04:00:00")
class TestBillMatch(PurchaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        module = "cosmetics_inventory_purchase"
        cls.env["tier.definition"].search([("model", "=", "purchase.order")]).active = False
        cls.env.company.bill_price_tolerance = 0.01
        cls.clerk = cls._create_user("test_bill_clerk", "account.group_account_invoice")
        cls.releaser = cls._create_user("test_bill_releaser", f"account.group_account_invoice,{module}.group_bill_release")
        cls.keeper = cls._create_user("test_bill_keeper", "cosmetics_inventory.group_warehouse_keeper")
        cls.tool = cls._create_product(
            name="Brush", cosmetic_kind="other", item_class="tool", registration_no=False, is_storable=True, purchase_method="receive"
        )

    def _bill(self, received=10, price=None, quantity=None):
        """Order 10 at 30, receive, and return the bill of the accountant."""
        order = self._create_order(self.tool)
        order.button_confirm()
        picking = order.picking_ids.with_user(self.keeper)
        picking.move_ids.quantity = received
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        order.with_user(self.clerk).action_create_invoice()
        bill = order.invoice_ids.with_user(self.clerk)
        bill.invoice_date = "2026-03-02"
        vals = {"price_unit": price, "quantity": quantity}
        bill.invoice_line_ids.write({name: value for name, value in vals.items() if value is not None})
        return bill

    def _release(self, bill, user):
        release = self.env["cosmetics.bill.release"].with_user(user).create({"move_id": bill.id, "reason": "New price since March"})
        release.action_release()

    def test_bill_of_what_was_ordered_and_received_is_posted(self):
        bill = self._bill()
        self.assertFalse(bill.match_note)
        bill.action_post()
        self.assertEqual(bill.state, "posted")

    def test_bill_above_the_price_of_the_order_is_held(self):
        bill = self._bill(price=30.5)
        self.assertIn("30.50", bill.match_note)
        with self.assertRaisesRegex(UserError, "billed at 30.50, ordered at 30.00"):
            bill.action_post()

    def test_bill_within_the_tolerance_or_below_the_order_is_posted(self):
        for price in (30.3, 25):
            bill = self._bill(price=price)
            bill.action_post()
            self.assertEqual(bill.state, "posted")

    def test_bill_of_more_than_was_received_is_held(self):
        with self.assertRaisesRegex(UserError, "10 billed in all, 6 received"):
            self._bill(received=6, quantity=10).action_post()

    def test_second_bill_of_the_same_goods_is_held(self):
        bill = self._bill()
        bill.action_post()
        again = bill.copy({"invoice_date": "2026-03-02"})
        again.invoice_line_ids.purchase_line_id = bill.invoice_line_ids.purchase_line_id
        with self.assertRaisesRegex(UserError, "20 billed in all"):
            again.action_post()

    def test_held_bill_is_released_by_somebody_else(self):
        bill = self._bill(price=33)
        self._release(bill, self.releaser)
        bill.action_post()
        self.assertEqual((bill.state, bill.match_released_id, bill.match_reason), ("posted", self.releaser, "New price since March"))

    def test_nobody_releases_an_own_bill(self):
        bill = self._bill(price=33)
        self.clerk.group_ids += self.env.ref("cosmetics_inventory_purchase.group_bill_release")
        with self.assertRaisesRegex(AccessError, "entered or changed"):
            self._release(bill, self.clerk)

    def test_whoever_changed_a_bill_does_not_release_it(self):
        bill = self._bill(price=33)
        bill.invoice_line_ids.with_user(self.releaser).price_unit = 34
        self.env.flush_all()
        with self.assertRaises(AccessError):
            self._release(bill, self.releaser)

    def test_release_falls_with_the_next_change(self):
        bill = self._bill(price=33)
        self._release(bill, self.releaser)
        bill.invoice_line_ids.price_unit = 34
        with self.assertRaises(UserError):
            bill.action_post()

    def test_release_is_not_written_past_the_button(self):
        bill = self._bill(price=33)
        with self.assertRaises(AccessError):
            bill.write({"match_released_id": self.releaser.id})
        with self.assertRaises(AccessError):
            self._release(bill, self.clerk)

    def test_copy_of_a_released_bill_is_not_released(self):
        bill = self._bill(price=33)
        self._release(bill, self.releaser)
        self.assertFalse(bill.copy().match_released_id)

    def test_tolerance_is_a_share(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self.env.company.bill_price_tolerance = -0.1
            self.env.flush_all()
