"""Input VAT transferred out: why."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_vat_transfer_reason(self):
        """Return why this entry transfers input VAT out (a value of TRANSFER_REASONS of the VAT declaration), or False.

        Modules that post such entries override it for theirs; what somebody chose on the entry comes first.
        """
        self.ensure_one()
        return False
