from odoo.tests import tagged
from odoo.tools import float_round

from ..loader.partners import PRICELISTS
from .test_demo_company import DemoCase

VAT = 0.13


@tagged("post_install", "-at_install")
class TestDemoMoney(DemoCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._find("user", "accountant")
        cls.rows = {row["ref"]: row for row in cls.plan["products"]}

    def _rows(self, key, *states):
        rows = [row for row in self.plan[key] if row["state"] in states]
        self.assertTrue(rows)
        return rows

    def _invoices(self, *states):
        rows = self._rows("sales", *states)
        return self.env["account.move"].browse(self._find("invoice", row["ref"]).id for row in rows).with_user(self.accountant)

    def _bills(self, *states):
        rows = self._rows("purchases", *states)
        return self.env["account.move"].browse(self._find("bill", row["ref"]).id for row in rows).with_user(self.accountant)

    def test_invoices_hold_13_percent_inside_to_the_cent(self):
        for invoice in self._invoices("invoiced", "paid"):
            tax = 0
            for line in invoice.invoice_line_ids:
                inside = float_round(line.price_total / (1 + VAT) * VAT, 2)
                self.assertAlmostEqual(line.price_total - line.price_subtotal, inside, places=2, msg=line.name)
                tax += inside
            self.assertAlmostEqual(invoice.amount_tax, tax, places=2)
            self.assertAlmostEqual(invoice.amount_untaxed + invoice.amount_tax, invoice.amount_total, places=2)

    def test_invoices_charge_what_the_plan_sells_at_the_price_of_the_customer(self):
        levels = {row["ref"]: row["level"] for row in self.plan["customers"]}
        for row in self._rows("sales", "invoiced", "paid"):
            off = PRICELISTS[levels[row["partner"]]][1] if row["channel"] == "wholesale" else 0
            expected = 0
            for line in row["lines"]:
                expected += float_round(self.rows[line["product"]]["price"] * (1 - off / 100) * line["quantity"], 2)
            invoice, order = self._find("invoice", row["ref"]), self._find("sale", row["ref"])
            self.assertAlmostEqual(invoice.amount_total, expected, places=2, msg=row["ref"])
            self.assertEqual((invoice, invoice.amount_total), (order.invoice_ids, order.amount_total), row["ref"])

    def test_invoices_are_paid_or_open_in_full(self):
        for invoice in self._invoices("paid"):
            self.assertEqual(invoice.amount_residual, 0, invoice.name)
        for invoice in self._invoices("invoiced"):
            self.assertEqual(invoice.amount_residual, invoice.amount_total, invoice.name)
            self.assertGreaterEqual(invoice.invoice_date_due, invoice.invoice_date)

    def test_the_output_tax_account_holds_the_tax_of_the_invoices(self):
        invoices = self._invoices("invoiced", "paid")
        tax = self.env.ref(f"account.{self.company.id}_xian_tax_sale_13_included")
        account = tax.invoice_repartition_line_ids.account_id
        self.assertEqual(account.code[:6], "222101")
        booked = invoices.line_ids.filtered(lambda line: line.account_id == account)
        self.assertAlmostEqual(-sum(booked.mapped("balance")), sum(invoices.mapped("amount_tax")), places=2)

    def test_receipts_and_bills_tie_out_with_the_purchase_orders(self):
        for row in self._rows("purchases", "received", "billed", "paid"):
            order = self._find("purchase", row["ref"])
            planned = {self._find("product", line["product"]): line["quantity"] for line in row["lines"]}
            done = {move.product_id: move.quantity for move in order.picking_ids.move_ids}
            self.assertEqual(done, planned, row["ref"])
            lots = {self._find("batch", line["batch"]["ref"]) for line in row["lines"] if "batch" in line}
            self.assertEqual(set(order.picking_ids.move_line_ids.lot_id), lots, row["ref"])
            billed = {line.product_id: line.qty_invoiced for line in order.order_line}
            expected = planned if row["state"] != "received" else dict.fromkeys(planned, 0)
            self.assertEqual(billed, expected, row["ref"])

    def test_bills_add_13_percent_to_the_cost(self):
        for row in self._rows("purchases", "billed", "paid"):
            bill = self._find("bill", row["ref"]).with_user(self.accountant)
            goods = [float_round(line["quantity"] * line["price"], 2) for line in row["lines"]]
            self.assertAlmostEqual(bill.amount_untaxed, sum(goods), places=2, msg=row["ref"])
            self.assertAlmostEqual(bill.amount_tax, sum(float_round(amount * VAT, 2) for amount in goods), places=2, msg=row["ref"])
            self.assertEqual(bill.partner_id, self._find("supplier", row["supplier"]))
            self.assertEqual(bill.amount_residual, 0 if row["state"] == "paid" else bill.amount_total)

    def test_bills_have_numbers_of_the_supplier_and_none_is_booked_twice(self):
        bills = self._bills("billed", "paid")
        self.assertEqual(len(set(bills.mapped("ref"))), len(bills))
        self.assertTrue(all(bills.mapped("ref")))
        self.assertEqual(len(set(bills.mapped("name"))), len(bills))

    def test_the_trial_balance_of_the_accountant_sums_to_zero(self):
        lines = self.env["account.move.line"].with_user(self.accountant)
        domain = [("company_id", "=", self.company.id), ("parent_state", "=", "posted")]
        balances = dict(lines._read_group(domain, ["account_id"], ["balance:sum"]))
        self.assertGreaterEqual(len(balances), 6)
        self.assertAlmostEqual(sum(balances.values()), 0, places=2)
        for move, balance in lines._read_group(domain, ["move_id"], ["balance:sum"]):
            self.assertAlmostEqual(balance, 0, places=2, msg=move.name)

    def test_what_customers_owe_is_what_their_open_invoices_say(self):
        invoices = self._invoices("invoiced", "paid")
        owed = invoices.line_ids.filtered(lambda line: line.account_id.account_type == "asset_receivable")
        open_rows = self._invoices("invoiced")
        self.assertAlmostEqual(sum(owed.mapped("amount_residual")), sum(open_rows.mapped("amount_total")), places=2)

    def test_no_customer_has_bought_beyond_the_credit(self):
        for row in self.plan["customers"]:
            partner = self._find("customer", row["ref"]).with_user(self.accountant)
            self.assertEqual(partner.use_partner_credit_limit, bool(row["credit_limit"]), row["name"])
            if row["credit_limit"]:
                self.assertLess(partner.credit, partner.credit_limit, row["name"])

    def test_the_books_are_closed_to_those_who_do_not_keep_them(self):
        entry = self._find("entry", "capital")
        for login in ("manager", "clerk", "warehouse", "buyer", "sales", "ecommerce", "member"):
            self.assertFalse(entry.with_user(self._find("user", login)).has_access("read"), login)
        self.assertTrue(entry.with_user(self.accountant).has_access("write"))
