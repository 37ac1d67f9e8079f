"""Use-by dates on the invoice."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_invoiced_lot_values(self):
        """Add the use-by date (`use_by`: a date, or False) to every batch that is named by its record."""
        values = super()._get_invoiced_lot_values()
        # sudo: whoever prints an invoice need not have the right to stock
        lots = self.env["stock.lot"].sudo().browse({row["lot_id"] for row in values if row.get("lot_id")})
        dates = {lot.id: lot.expiration_on for lot in lots}
        for row in values:
            row["use_by"] = dates.get(row.get("lot_id"), False)
        return values
