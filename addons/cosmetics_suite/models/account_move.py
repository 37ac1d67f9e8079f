"""Invoices tell the day of delivery as the calendar of the company shows it."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _compute_delivery_date(self):  # pylint: disable=missing-return; a compute returns nothing
        """Take the day where the company is; core takes the day in Greenwich."""
        super()._compute_delivery_date()
        for move in self:
            days = [order._get_effective_day() for order in move.line_ids.sale_line_ids.order_id if order.effective_date]
            if days:
                move.delivery_date = max(days)
