"""Prices above a ceiling or a contract need an approval; what differs from before is said."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common_approval import ORDER, REQUEST, ApprovalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 04:00:00")
class TestOrderPrice(ApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.node = cls._create_node(ORDER, "purchase.group_purchase_manager", purchase_above_ceiling=True)
        cls.ceilings = cls.env["cosmetics.purchase.ceiling"]

    def _set_ceiling(self, price, product=None, user=None, **vals):
        return self.ceilings.with_user(user or self.chief).create({"product_id": (product or self.product).id, "price": price, **vals})

    def _sign_contract(self, price, **vals):
        """Enter a contract as the buyer, approve it as the manager of purchasing."""
        contract = (
            self.env["cosmetics.supplier.contract"]
            .with_user(self.buyer)
            .create(
                {
                    "name": "CG-1",
                    "partner_id": self.vendor.id,
                    "starts_on": "2026-01-01",
                    "ends_on": "2026-12-31",
                    "line_ids": [Command.create({"product_id": self.product.id, "price": price})],
                    **vals,
                }
            )
        )
        contract.with_user(self.chief).action_approve()
        return contract

    # ------------------------------------------------------------------ ceiling
    def test_an_order_at_the_ceiling_needs_nobody(self):
        self._set_ceiling(30)
        order = self._create_order(self.product)
        self.assertFalse(order.approval_note)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_an_order_above_the_ceiling_is_not_confirmed_without_an_approval(self):
        self._set_ceiling(29.99)
        order = self._create_order(self.product)
        self.assertIn("the approved ceiling is", order.price_warning)
        with self.assertRaisesRegex(UserError, "needs an approval"), self.cr.savepoint():
            order.button_confirm()
        order.action_approval_request()
        order.with_user(self.chief).action_approval_give()
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_a_confirmed_order_does_not_rise_above_the_ceiling(self):
        self._set_ceiling(30)
        order = self._create_order(self.product)
        order.button_confirm()
        with self.assertRaises(UserError), self.cr.savepoint():
            order.order_line.price_unit = 31
        order.order_line.price_unit = 29

    def test_the_ceiling_is_for_one_unit_of_the_product_whatever_unit_is_ordered(self):
        self._set_ceiling(30)
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._create_order(self.product, 1)
        order.order_line.write({"product_uom_id": dozen.id, "price_unit": 360})
        self.assertFalse(order.approval_note)
        order.order_line.price_unit = 361
        self.assertTrue(order.approval_note)

    def test_the_ceiling_looks_at_the_price_without_tax_and_after_discount(self):
        self._set_ceiling(30)
        tax = self.env["account.tax"].create(
            {"name": "Included", "amount": 13, "type_tax_use": "purchase", "price_include_override": "tax_included"}
        )
        order = self._create_order(self.product, 1)
        order.order_line.write({"price_unit": 33.9, "tax_ids": [Command.set(tax.ids)]})
        self.assertFalse(order.approval_note)
        order.order_line.write({"price_unit": 40, "tax_ids": [Command.clear()], "discount": 25})
        self.assertFalse(order.approval_note)
        order.order_line.discount = 20
        self.assertTrue(order.approval_note)

    def test_the_ceiling_is_in_the_currency_of_the_company(self):
        self._set_ceiling(30)
        dollar = self.env.ref("base.USD") if self.env.company.currency_id != self.env.ref("base.USD") else self.env.ref("base.EUR")
        dollar.active = True
        self.env["res.currency.rate"].create({"currency_id": dollar.id, "rate": 0.1, "name": "2026-01-01"})
        order = self._create_order(self.product)
        order.currency_id = dollar
        order.order_line.price_unit = 3
        self.assertFalse(order._get_broken_limits())
        order.order_line.price_unit = 3.1
        self.assertTrue(order._get_broken_limits())

    def test_managers_of_purchasing_alone_set_ceilings(self):
        ceiling = self._set_ceiling(30)
        with self.assertRaises(AccessError):
            self._set_ceiling(30, self.second, self.buyer)
        with self.assertRaises(AccessError):
            ceiling.with_user(self.buyer).price = 99
        self.assertEqual(ceiling.with_user(self.buyer).price, 30)

    def test_a_product_has_one_ceiling_in_a_company_and_it_is_above_nothing(self):
        self._set_ceiling(30)
        for vals in ({"product": self.product, "price": 31}, {"product": self.second, "price": 0}):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
                self._set_ceiling(**vals)
        other = self.env["res.company"].create({"name": "Other Trading"})
        foreign = self.ceilings.create({"product_id": self.product.id, "price": 1, "company_id": other.id})
        self.assertFalse(self._create_order(self.product).approval_note, "the ceiling of another company says nothing")
        self.assertNotIn(foreign, self.ceilings.with_user(self.buyer).search([]))

    def test_a_request_knows_no_prices_and_passes_by_such_nodes(self):
        self._create_node(REQUEST, purchase_above_ceiling=True)
        self._set_ceiling(1)
        self.assertFalse(self._create_request().approval_note)

    # ------------------------------------------------------------------ contract
    def test_an_order_dearer_than_the_contract_needs_an_approval(self):
        self._sign_contract(29)
        order = self._create_order(self.product)
        self.assertIn("contract CG-1 says", order.price_warning)
        self.assertTrue(order.approval_note)
        order.order_line.price_unit = 29
        self.assertFalse(order.approval_note)

    def test_the_contract_of_another_vendor_or_time_binds_nobody(self):
        self._sign_contract(29)
        order = self._create_order(self.product)
        order.partner_id = self.other_vendor
        order.order_line.price_unit = 30
        self.assertFalse(order.approval_note)
        order = self._create_order(self.product)
        order.date_order = "2027-01-02 04:00:00"
        self.assertFalse(order._get_broken_limits())

    def test_the_price_of_the_quantity_ordered_counts(self):
        self._sign_contract(
            31,
            line_ids=[
                Command.create({"product_id": self.product.id, "price": 31}),
                Command.create({"product_id": self.product.id, "price": 28, "min_quantity": 100}),
            ],
        )
        self.assertFalse(self._create_order(self.product, 99).approval_note)
        self.assertTrue(self._create_order(self.product, 100).approval_note)

    def test_an_order_below_the_agreed_minimum_is_warned_of_and_not_held(self):
        self._sign_contract(30, minimum_amount=500)
        order = self._create_order(self.product, 10)
        self.assertIn("asks for", order.price_warning)
        order.button_confirm()
        self.assertFalse(order.price_warning, "a confirmed order has been judged")

    # ------------------------------------------------------------------ before
    def _buy(self, price, day, quantity=10):
        order = self._create_order(self.product, quantity)
        order.order_line.price_unit = price
        with freeze_time(f"{day} 04:00:00"):
            order.button_confirm()
        return order

    def test_a_price_that_differs_from_the_last_one_is_told(self):
        self._buy(25, "2026-02-01")
        order = self._create_order(self.product)
        self.assertIn("last paid", order.price_warning)
        self.assertIn("+20%", order.price_warning)
        order.order_line.price_unit = 27.5
        self.assertFalse(order.price_warning, "ten in a hundred are no alert")
        self.env.company.price_alert_share = 0
        order.order_line.price_unit = 90
        self.assertFalse(order.price_warning)

    def test_the_average_weighs_quantities_and_goes_back_a_year(self):
        self._buy(10, "2025-02-01", 1000)
        self._buy(20, "2026-01-01", 30)
        self._buy(28, "2026-02-01", 10)
        prices = self.env["cosmetics.purchase.price"].with_user(self.buyer)
        found = prices._get_references(self.product, self.env.company, self.env["purchase.order"])
        self.assertEqual(found[self.product.with_user(self.buyer)], (28, 22))

    def test_the_price_history_holds_confirmed_orders_in_the_unit_of_the_product(self):
        self._create_order(self.product)
        order = self._buy(300, "2026-02-01", 2)
        order.order_line.with_context(skip_uom_conversion=True).write({"product_qty": 1})
        [row] = self.env["cosmetics.purchase.price"].with_user(self.buyer).search([("product_id", "=", self.product.id)])
        self.assertEqual((row.price, row.quantity, row.partner_id, row.ordered_at.date()), (300, 1, self.vendor, date(2026, 2, 1)))
        self.assertEqual(row.action_open_order()["res_id"], order.id)
        action = self.product.product_tmpl_id.with_user(self.buyer).action_view_purchase_prices()
        self.assertIn(row, row.search(action["domain"]))

    def test_keepers_read_no_prices(self):
        keeper = self._create_user("test_price_keeper", "cosmetics_inventory.group_warehouse_keeper")
        with self.assertRaises(AccessError):
            self.env["cosmetics.purchase.price"].with_user(keeper).search([])
