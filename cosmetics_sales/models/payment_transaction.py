"""A payment confirms an order only if a review lets it and its goods are there."""

from odoo import models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _check_amount_and_confirm_order(self):
        """Keep the money whatever the review says; an order that needs a reviewer waits for one instead of breaking the payment."""
        waiting = self.browse()
        for transaction in self.filtered(lambda transaction: len(transaction.sale_order_ids) == 1):
            order = transaction.sale_order_ids._get_quotations()
            if order and order._is_confirmation_amount_reached() and not order._review() | order._get_review_exempt():
                order._keep_for_review()
                waiting |= transaction
        confirmed = super(PaymentTransaction, self - waiting)._check_amount_and_confirm_order()
        # Paid, but the goods are missing: core counts it as confirmed whatever became of it.
        kept = confirmed._get_quotations()
        kept._keep_accepted()
        return confirmed - kept
