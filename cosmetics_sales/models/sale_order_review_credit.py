"""Orders of one customer on credit are confirmed one after the other."""

from odoo import models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _check_review_gate(self):
        """Hold the customers whose credit counts: of two orders at once the second sees the first, or both pass below the limit."""
        asked = self - self._get_review_exempt()
        for company, orders in asked.grouped("company_id").items():
            # sudo: a limit binds whoever sells; the lock reads and writes nothing of the customer
            debtors = self.env["res.partner"].union(*(order._get_debtor() for order in orders)).sudo()
            hold_rows(debtors._filtered_on_credit(company))
        return super()._check_review_gate()
