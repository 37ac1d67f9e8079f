"""Credit notes take back points."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._sync_points_of_orders()
        return posted

    def button_draft(self):
        res = super().button_draft()
        self._sync_points_of_orders()
        return res

    def button_cancel(self):
        res = super().button_cancel()
        self._sync_points_of_orders()
        return res

    def _sync_points_of_orders(self):
        """Bring the points of the orders of these credit notes to what is credited by now."""
        # sudo: accountants need not read orders and cards
        refunds = self.sudo().filtered(lambda move: move.move_type == "out_refund")
        if refunds:
            orders = (refunds | refunds.reversed_entry_id).invoice_line_ids.sale_line_ids.order_id
            orders._sync_points()
