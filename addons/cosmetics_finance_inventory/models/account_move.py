"""Entries of goods that left the stock unsold."""

from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    # Copied, so that a reversal stands in the same row of the VAT declaration as what it reverses.
    is_abnormal_loss = fields.Boolean(
        string="Abnormal Loss", readonly=True, copy=True, help="Posted for goods whose input VAT is no longer deducted."
    )

    def _get_vat_transfer_reason(self):
        return "abnormal_loss" if self.is_abnormal_loss else super()._get_vat_transfer_reason()
