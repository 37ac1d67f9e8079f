"""Credit notes of after-sales."""

from odoo import fields, models
from odoo.fields import Command


class AccountMove(models.Model):
    _inherit = "account.move"

    aftersale_id = fields.Many2one(
        "cosmetics.aftersale", string="After-Sale", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )

    def _fit_to_refund(self):
        """Make the credit note exactly what is given back: taxes outside of the price may round by a cent."""
        self.ensure_one()
        gap = self.currency_id.round(self.aftersale_id.refund_amount - self.amount_total)
        if not self.currency_id.is_zero(gap):
            vals = {"name": self.env._("Rounding of taxes"), "quantity": 1, "price_unit": gap, "tax_ids": [Command.clear()]}
            self.invoice_line_ids = [Command.create(vals)]
