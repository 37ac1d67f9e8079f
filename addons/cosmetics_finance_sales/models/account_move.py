"""What the cost of goods sold needs of the deliveries is read for all invoices of a batch at once."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _stock_account_prepare_realtime_out_lines_vals(self):
        """Read the deliveries of all lines together; core meets them line by line and would read each by itself."""
        self.invoice_line_ids.sale_line_ids.move_ids.mapped("location_id")
        return super()._stock_account_prepare_realtime_out_lines_vals()
