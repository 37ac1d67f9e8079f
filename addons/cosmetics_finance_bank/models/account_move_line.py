from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _get_bank_names(self):
        """Return the numbers by which people name an item in the memo of a transfer; glue adds those of orders."""
        self.ensure_one()
        move, payment = self.move_id, self.payment_id
        names = (move.name, move.payment_reference, move.ref, move.invoice_origin, payment.memo, payment.payment_reference)
        return tuple(name for name in names if name)
