"""What customers have ordered and not been invoiced for."""

from collections import Counter

from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_open_order_amounts(self, company):
        """Return {id of a customer: what its confirmed orders come to beyond what was invoiced}, in the currency of the company.

        Core counts what may be invoiced; goods that are promised and not delivered yet are a risk just the same.
        """
        orders = self.env["sale.order"].search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "sale"),
                ("invoice_status", "!=", "invoiced"),
                ("partner_invoice_id.commercial_partner_id", "in", self.ids),
            ]
        )
        amounts = Counter()
        for order in orders:
            open_amount = max(order.amount_total - order.amount_invoiced, 0.0) / (order.currency_rate or 1)
            amounts[order.partner_invoice_id.commercial_partner_id.id] += open_amount
        return amounts

    def _filtered_on_credit(self, company):
        """Return those of these customers whose orders a credit rule may hold; an override adds rules of its own."""
        if not company.account_use_credit_limit:
            return self.browse()
        return self.with_company(company).filtered(lambda partner: partner.credit_limit > 0)
