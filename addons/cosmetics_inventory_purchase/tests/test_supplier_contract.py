"""What was agreed with a vendor is approved by somebody else, then stays, and is reminded of before it ends."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common_approval import ApprovalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 04:00:00")
class TestSupplierContract(ApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_contract()

    @classmethod
    def _create_contract(cls, user=None, **vals):
        return (
            cls.env["cosmetics.supplier.contract"]
            .with_user(user or cls.buyer)
            .create(
                {
                    "name": "CG-1",
                    "partner_id": cls.vendor.id,
                    "starts_on": "2026-01-01",
                    "ends_on": "2026-12-31",
                    "minimum_amount": 500,
                    "line_ids": [
                        Command.create({"product_id": cls.product.id, "price": 30}),
                        Command.create({"product_id": cls.product.id, "price": 28, "min_quantity": 100}),
                    ],
                    **vals,
                }
            )
        )

    def _approve(self, contract=None):
        (contract or self.contract).with_user(self.chief).action_approve()

    # ------------------------------------------------------------------ approval
    def test_somebody_else_approves_a_contract(self):
        self.assertEqual(self.contract.state, "draft")
        with self.assertRaisesRegex(AccessError, "managers of purchasing"):
            self.contract.action_approve()
        self._approve()
        self.assertEqual((self.contract.approved_by_id, self.contract.state), (self.chief, "valid"))

    def test_who_entered_a_contract_or_changed_a_price_does_not_approve_it(self):
        own = self._create_contract(self.chief, name="CG-2")
        with self.assertRaisesRegex(UserError, "somebody else approves it"):
            self._approve(own)
        self.contract.line_ids[0].with_user(self.chief).price = 29
        with self.assertRaisesRegex(UserError, "somebody else approves it"):
            self._approve()

    def test_an_empty_contract_is_not_approved(self):
        empty = self._create_contract(name="CG-3", line_ids=False, minimum_amount=0)
        with self.assertRaisesRegex(UserError, "is empty"):
            self._approve(empty)

    def test_no_way_over_rpc_approves(self):
        for user in (self.buyer, self.chief):
            with self.assertRaises(AccessError):
                self.contract.with_user(user).write({"approved_by_id": user.id})
        made = self._create_contract(name="CG-4", approved_by_id=self.chief.id)
        self.assertFalse(made.approved_by_id)
        made = self.env["cosmetics.supplier.contract"].with_user(self.buyer).with_context(default_approved_by_id=self.chief.id)
        made = made.create({"name": "CG-5", "partner_id": self.vendor.id, "ends_on": "2026-12-31"})
        self.assertFalse(made.approved_by_id)
        self._approve()
        self.assertFalse(self.contract.copy({"name": "CG-6"}).approved_by_id)

    def test_the_terms_of_an_approved_contract_stay(self):
        self._approve()
        line = self.contract.line_ids[0]
        for change in (
            lambda: self.contract.write({"ends_on": "2027-12-31"}),
            lambda: self.contract.write({"active": False}),
            lambda: self.contract.write({"line_ids": [Command.create({"product_id": self.second.id, "price": 1})]}),
            lambda: line.write({"price": 99}),
            lambda: line.unlink(),
            lambda: (
                self.env["cosmetics.supplier.contract.line"]
                .with_user(self.buyer)
                .create({"contract_id": self.contract.id, "product_id": self.second.id, "price": 1})
            ),
            lambda: self.contract.unlink(),
        ):
            with self.assertRaisesRegex(UserError, "its terms stay"), self.cr.savepoint():
                change()
        self.contract.note = "Notes may be written"

    def test_a_line_is_not_moved_into_an_approved_contract(self):
        other = self._create_contract(name="CG-7", line_ids=[Command.create({"product_id": self.second.id, "price": 1})])
        self._approve()
        with self.assertRaisesRegex(UserError, "its terms stay"):
            other.line_ids.contract_id = self.contract

    def test_a_manager_reopens_a_contract_and_a_buyer_does_not(self):
        self._approve()
        with self.assertRaises(AccessError):
            self.contract.action_reopen()
        self.contract.with_user(self.chief).action_reopen()
        self.contract.ends_on = "2027-12-31"
        self.assertFalse(self.contract.approved_by_id)

    # ------------------------------------------------------------------ what holds when
    def test_only_approved_contracts_of_the_day_and_vendor_hold(self):
        get_valid = self.env["cosmetics.supplier.contract"]._get_valid
        company, day = self.env.company, date(2026, 3, 2)
        self.assertFalse(get_valid(self.vendor, company, day))
        self._approve()
        self.assertEqual(get_valid(self.vendor, company, day), self.contract)
        self.assertEqual(get_valid(self.vendor, company, date(2026, 12, 31)), self.contract)
        self.assertFalse(get_valid(self.vendor, company, date(2027, 1, 1)))
        self.assertFalse(get_valid(self.other_vendor, company, day))
        self.assertFalse(get_valid(self.vendor, self.env["res.company"].create({"name": "Other"}), day))

    def test_a_contract_goes_from_not_begun_to_expired(self):
        self._approve()
        for day, state in (("2025-12-31", "coming"), ("2026-11-30", "valid"), ("2026-12-01", "expiring"), ("2027-01-01", "expired")):
            with freeze_time(f"{day} 04:00:00"):
                self.contract.invalidate_recordset(["state"])
                self.assertEqual(self.contract.state, state, day)

    def test_its_keeper_is_reminded_once_before_the_end(self):
        for day, count in (("2026-11-30", 0), ("2026-12-01", 1), ("2026-12-02", 1)):
            with freeze_time(f"{day} 04:00:00"):
                self.env["cosmetics.supplier.contract"]._cron_warn()
                self.assertEqual(len(self.contract.activity_ids), count, day)
        self.assertEqual(self.contract.activity_ids.user_id, self.buyer)

    def test_wrong_figures_are_refused(self):
        for vals in ({"ends_on": "2025-01-01"}, {"minimum_amount": -1}):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
                self.contract.write(vals)
        for vals in ({"price": 0}, {"min_quantity": -1}, {"min_quantity": 100}):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
                self.contract.line_ids[0].write(vals)

    # ------------------------------------------------------------------ price list
    def test_agreed_prices_go_into_the_price_list_once(self):
        with self.assertRaisesRegex(UserError, "not approved"):
            self.contract.action_take_over_prices()
        self._approve()
        self.contract.action_take_over_prices()
        self.contract.action_take_over_prices()
        prices = self.env["product.supplierinfo"].search([("partner_id", "=", self.vendor.id)], order="min_qty")
        self.assertEqual(prices.mapped("price"), [30, 28])
        self.assertEqual(set(prices.mapped("date_end")), {date(2026, 12, 31)})
        order = self._create_order(self.product, 100)
        order.order_line.unlink()
        order.order_line = [Command.create({"product_id": self.product.id, "product_qty": 100})]
        self.assertEqual(order.order_line.selected_seller_id.price, 28, "the order finds the price of the contract")

    # ------------------------------------------------------------------ roles
    def test_keepers_and_shops_see_no_contract(self):
        keeper = self._create_user("test_contract_keeper", "cosmetics_inventory.group_warehouse_keeper")
        for user in (keeper, self.clerk, self.manager):
            with self.assertRaises(AccessError):
                self.contract.with_user(user).read(["minimum_amount"])

    def test_contracts_of_another_company_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Other Trading"})
        contract = self.env["cosmetics.supplier.contract"].create(
            {"name": "CG-8", "partner_id": self.vendor.id, "company_id": other.id, "ends_on": "2026-12-31"}
        )
        self.assertNotIn(contract, self.env["cosmetics.supplier.contract"].with_user(self.buyer).search([]))

    def test_the_card_of_the_vendor_leads_to_contracts_and_prices(self):
        vendor = self.vendor.with_user(self.buyer)
        self.assertEqual(vendor.supplier_contract_count, 1)
        self.assertIn(self.contract, self.contract.search(vendor.action_view_supplier_contracts()["domain"]))
        self.assertEqual(vendor.action_view_purchase_prices()["res_model"], "cosmetics.purchase.price")

    def test_the_form_opens_for_the_buyer(self):
        with Form(self.env["cosmetics.supplier.contract"].with_user(self.buyer)) as form:
            form.name, form.partner_id, form.ends_on = "CG-9", self.vendor, "2026-06-30"
        self.assertEqual(form.record.responsible_id, self.buyer)

    def test_files_belong_to_their_contract(self):
        file = self.env["ir.attachment"].with_user(self.buyer).create({"name": "contract.pdf", "raw": b"x"})
        self.contract.attachment_ids = file
        self.assertEqual((file.res_model, file.res_id), ("cosmetics.supplier.contract", self.contract.id))
        self.assertEqual(self.contract.with_user(self.chief).attachment_ids.raw, b"x")
