"""What each role must not reach when everything is installed."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SuiteCommon

POSTS_ENTRIES = {"accountant", "buyer", "owner"}
SELLS = {"salesperson", "ecommerce", "member_manager", "owner"}
BUYS = {"buyer", "owner"}
EDITS_PRODUCTS = {"buyer", "owner"}
SETS_RULES = {"warehouse_manager", "buyer", "owner"}
MAKES_TILLS = {"store_manager", "owner"}


@tagged("post_install", "-at_install")
class TestRights(SuiteCommon):
    def _allowed(self, model, operation):
        """Return the roles that may do something with a model."""
        return {role for role, user in self.users.items() if self.env[model].with_user(user).has_access(operation)}

    def test_who_creates_what(self):
        # Core lets a buyer enter vendor bills, and whoever follows up the pipeline write quotations.
        self.assertEqual(self._allowed("account.move", "create"), POSTS_ENTRIES)
        self.assertEqual(self._allowed("sale.order", "create"), SELLS)
        self.assertEqual(self._allowed("purchase.order", "create"), BUYS)
        self.assertEqual(self._allowed("product.template", "create"), EDITS_PRODUCTS)
        self.assertEqual(self._allowed("stock.warehouse.orderpoint", "create"), SETS_RULES)
        self.assertEqual(self._allowed("pos.config", "create"), MAKES_TILLS)

    def test_only_accountant_and_owner_keep_the_books(self):
        self.assertEqual(self._allowed("account.account", "create"), {"accountant", "owner"})
        self.assertEqual(self._allowed("account.tax", "create"), {"accountant", "owner"})

    def test_only_member_manager_store_manager_and_owner_make_loyalty_programs(self):
        self.assertEqual(self._allowed("loyalty.program", "create"), {"member_manager", "store_manager", "owner"})

    def test_nobody_but_the_administrator_changes_users_or_parameters(self):
        self.assertEqual(self._allowed("res.users", "write"), set())
        self.assertEqual(self._allowed("ir.config_parameter", "read"), set())

    def test_clerk_reads_no_entry_of_the_books_but_till_invoices(self):
        entry = self.env["account.move"].create({"move_type": "entry"})
        found = {
            role: bool(self.env["account.move"].with_user(self.users[role]).search([("id", "=", entry.id)]))
            for role in ("clerk", "store_manager", "salesperson", "accountant")
        }
        self.assertEqual(found, {"clerk": False, "store_manager": False, "salesperson": False, "accountant": True})

    def test_keeper_sees_no_value_of_stock(self):
        product = self._create_product(is_storable=True, cosmetic_kind="other", standard_price=30)
        location = self.env["stock.warehouse"].search([("company_id", "=", self.env.company.id)], limit=1).lot_stock_id
        quant = self.env["stock.quant"].create({"product_id": product.id, "location_id": location.id, "quantity": 2})
        with self.assertRaises(AccessError):
            quant.with_user(self.users["keeper"]).read(["value"])
        self.assertEqual(quant.with_user(self.users["warehouse_manager"]).value, 60)

    def test_keeper_ships_an_order_and_opens_it(self):
        product = self._create_product(is_storable=True, cosmetic_kind="other")
        customer = self.env["res.partner"].create({"name": "Test Customer"})
        lines = [Command.create({"product_id": product.id, "product_uom_qty": 1})]
        order = self.env["sale.order"].create({"partner_id": customer.id, "order_line": lines})
        order.action_confirm()
        delivery = order.picking_ids.with_user(self.users["keeper"])
        delivery.move_ids.quantity = 1
        delivery.move_ids.picked = True
        delivery.button_validate()
        self.assertEqual((delivery.state, order.order_line.qty_delivered), ("done", 1))
        self.env.invalidate_all()
        self.assertEqual(order.with_user(self.users["keeper"]).read(["gift_card_count"])[0]["gift_card_count"], 0)
        self.assertFalse(self.env["loyalty.card"].with_user(self.users["keeper"]).has_access("read"))

    def test_accountant_invoices_an_order_of_a_salesperson(self):
        product = self._create_product(type="service", invoice_policy="order", cosmetic_kind=False, lifecycle_stage_id=False)
        customer = self.env["res.partner"].create({"name": "Test Customer"})
        lines = [Command.create({"product_id": product.id, "product_uom_qty": 1})]
        order = self.env["sale.order"].with_user(self.users["salesperson"]).create({"partner_id": customer.id, "order_line": lines})
        order.action_confirm()
        invoice = order.with_user(self.users["accountant"])._create_invoices()
        invoice.action_post()
        self.assertEqual((invoice.state, order.invoice_status), ("posted", "invoiced"))

    def test_owner_sees_all_stores(self):
        store = self._create_store()
        found = {role for role, user in self.users.items() if self.env["cosmetics.store"].with_user(user).search([("id", "=", store.id)])}
        self.assertEqual(found, {"warehouse_manager", "buyer", "ecommerce", "member_manager", "service", "accountant", "owner"})
