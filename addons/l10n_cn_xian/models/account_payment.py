"""Cash that was handed over is in the box."""

from odoo import models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def _compute_outstanding_account_id(self):
        """Book cash at once: the journal of cash (现金日记账) has each receipt on its day, and no bank will show it later.

        Core lets every payment of a journal wait on the account of what is on its way, cash for ever. A way of paying with an
        account of its own keeps it, and a company on another country's chart books as core does.
        """
        res = super()._compute_outstanding_account_id()
        for payment in self.filtered(lambda payment: payment.journal_id.type == "cash" and not payment.outstanding_account_id):
            account = payment.journal_id.default_account_id
            # sudo: whoever works for a branch alone does not read the company it belongs to, which keeps the chart
            chart = payment.company_id.sudo().root_id.chart_template
            if (chart or "").startswith("cn"):
                payment.outstanding_account_id = account
        return res
