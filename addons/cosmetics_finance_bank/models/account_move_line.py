from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _get_bank_names(self):
        """Return the numbers by which people name an item in the memo of a transfer; glue adds those of orders."""
        self.ensure_one()
        move, payment = self.move_id, self.payment_id
        if self._is_on_the_way():
            # The reference of the entry may hold days, which any memo may name.
            return self.name or "", move.name or ""
        names = (move.name, move.payment_reference, move.ref, move.invoice_origin, payment.memo, payment.payment_reference)
        return tuple(name for name in names if name)

    def _is_on_the_way(self):
        """Whether the item is money that somebody has paid out to us and no bank has shown yet, and no transfer between own accounts."""
        self.ensure_one()
        is_of_bank = self.statement_line_id or self.payment_id
        return self.account_id == self.company_id.transfer_account_id and bool(self.partner_id) and not is_of_bank
