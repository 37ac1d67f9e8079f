"""Paying the invoices of many orders asks once for what holds for all of them."""

from odoo import models
from odoo.addons.cosmetics_base.tools.memo import Memo


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    def _create_payments(self):
        """Look once at analytic rules for the entries of all payments."""
        return super(AccountPaymentRegister, self.with_context(analytic_memo=Memo()))._create_payments().with_env(self.env)
