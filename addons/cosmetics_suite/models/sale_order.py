"""Orders open for every role that works on them."""

from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _compute_gift_card_count(self):
        """Count the gift cards of an order for whoever invoices or ships it.

        Core counts with the rights of the reader, so the form of an order fails for accountants and warehouse keepers,
        who have no business with the cards themselves.
        """
        # sudo: a number alone; the cards stay closed.
        return super(SaleOrder, self.sudo())._compute_gift_card_count()
