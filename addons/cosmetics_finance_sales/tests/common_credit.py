"""A wholesale customer on credit: orders, deliveries, invoices of the accountant."""

from datetime import timedelta

from odoo import Command, fields
from odoo.addons.cosmetics_sales.tests.common_review import ReviewCommon


class CreditCommon(ReviewCommon):
    """The credit rule alone is active; the warehouse has goods; `keeper` sends them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.account_use_credit_limit = True
        cls.rule = cls._create_rule("credit")
        cls.accountant = cls._create_user("credit_accountant", "cosmetics_finance.group_accountant")
        cls.keeper = cls._create_user("credit_keeper", "stock.group_stock_user", "cosmetics_base.group_all_stores")
        cls.product.is_storable = False

    def _create_debt(self, amount=300, days_late=40):
        """Return a posted invoice of the customer that fell due so many days ago."""
        due = fields.Date.context_today(self.accountant.with_context(tz="Asia/Shanghai")) - timedelta(days=days_late)
        line = {"name": "Goods", "price_unit": amount, "tax_ids": [Command.clear()]}
        move = self.env["account.move"].with_user(self.accountant).create(
            {
                "move_type": "out_invoice", "partner_id": self.customer.id, "invoice_date": due, "invoice_date_due": due,
                "invoice_payment_term_id": False, "invoice_line_ids": [Command.create(line)],
            }
        )  # fmt: skip
        move.action_post()
        return move

    def _set_terms(self, **vals):
        self.customer.with_user(self.accountant).write(vals)

    def _confirm(self, quantity=2):
        order = self._create_order(self.product, quantity)
        order.action_confirm()
        return order

    def _deliver(self, order):
        """Send the goods of an order as the keeper."""
        picking = order.sudo().picking_ids.filtered(lambda one: one.state not in ("done", "cancel")).with_user(self.keeper)
        picking.move_ids.write({"quantity": order.order_line.product_uom_qty, "picked": True})
        picking.button_validate()
        return picking
