"""A buyer who orders paper on 5602 in the company of `BudgetCommon`, where 1,000 a month are in force."""

from odoo import Command
from odoo.addons.cosmetics_finance.tests.common_budget import BudgetCommon
from odoo.tests import freeze_time


@freeze_time("2026-05-10 04:00:00")
class PurchaseBudgetCommon(BudgetCommon):
    """May 2026; no approval nodes but those of a test; the shop keeps its goods in the warehouse of the company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["tier.definition"].search([("model", "in", ("purchase.order", "purchase.request"))]).active = False
        module = "cosmetics_inventory_purchase"
        companies = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.buyer = cls._create_user("budget_buyer", f"{module}.group_buyer", **companies)
        cls.clerk = cls._create_user("budget_clerk", f"{module}.group_purchase_requester", **companies)
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.vendor = cls.env["res.partner"].create({"name": "Paper Mill", "is_company": True})
        cls.paper, cls.meeting = cls._create_service("Paper", "5602"), cls._create_service("Meeting", "5601")

    @classmethod
    def _create_service(cls, name, prefix, **vals):
        """Return a service that is billed as ordered, on an account."""
        product = cls._create_product(name=name, type="service", purchase_method="purchase", supplier_taxes_id=[Command.clear()], **vals)
        product.with_company(cls.company).standard_price = 1
        product.with_company(cls.company).property_account_expense_id = cls._find_account(prefix)
        return product

    @classmethod
    def _create_order(cls, quantity=5, price=100, **vals):
        """Return a request for quotation of the buyer; ``line`` in ``vals`` holds more values of its line."""
        line = {
            "product_id": cls.paper.id,
            "product_qty": quantity,
            "price_unit": price,
            "tax_ids": [Command.clear()],
            **vals.pop("line", {}),
        }
        orders = cls._as(cls.env["purchase.order"], cls.buyer).with_company(cls.company)
        return orders.create({"partner_id": cls.vendor.id, "order_line": [Command.create(line)], **vals})

    @classmethod
    def _order(cls, *args, **vals):
        """Return a confirmed order."""
        order = cls._create_order(*args, **vals)
        order.button_confirm()
        return order

    @classmethod
    def _bill(cls, order, quantity, day="2026-05-20"):
        """Return the draft of a bill of a part of an order, as the accountant enters it."""
        orders = cls._as(order, cls.accountant)
        orders.action_create_invoice()
        bill = orders.invoice_ids.filtered(lambda move: move.state == "draft")
        bill.write({"invoice_date": day, "date": day})
        bill.invoice_line_ids.quantity = quantity
        return bill

    @classmethod
    def _create_request(cls, quantity, estimated=0, **vals):
        """Return the draft of a request of the clerk; paper has a cost of 1.00 apiece."""
        line = {"product_id": cls.paper.id, "product_qty": quantity, "estimated_cost": estimated}
        requests = cls._as(cls.env["purchase.request"], cls.clerk).with_company(cls.company)
        picking_type = cls.warehouse.in_type_id.id
        return requests.create({"line_ids": [Command.create(line)], "picking_type_id": picking_type, "company_id": cls.company.id, **vals})

    def _amounts(self, budget=None, **vals):
        """Return (committed, spent) of May, or of the month named, of the budget."""
        report = self._get_report(budget or self.budget, **vals)
        return report.committed, report.actual

    def _renew(self, **vals):
        """Put a version in force whose line has other values."""
        fresh = self.books["cosmetics.budget"].browse(self.budget.action_new_version()["res_id"])
        fresh.line_ids.write(vals)
        self.budget = self._approve_budget(fresh)
        return self.budget
