"""Payments of many invoices are booked and reconciled together."""

from odoo import models


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    def _init_payments(self, to_process, edit_mode=False):
        """Let payments without a write-off get their entries together when they are posted, not one by one before."""
        if len(to_process) > 1 and not edit_mode:
            for vals in to_process:
                if not vals["create_vals"].get("write_off_line_vals"):
                    vals["create_vals"].pop("write_off_line_vals", None)
        return super()._init_payments(to_process, edit_mode=edit_mode)

    def _reconcile_payments(self, to_process, edit_mode=False):
        """Reconcile each payment with its own invoice, all of them in one plan.

        Where a rate is forced, core's way stays: it belongs to one payment at a time.
        """
        if len(to_process) < 2 or any("rate" in vals for vals in to_process):
            return super()._reconcile_payments(to_process, edit_mode=edit_mode)
        types = self.env["account.payment"]._get_valid_payment_account_types()
        plan = []
        for vals in to_process:
            payment_lines = vals["payment"].move_id.line_ids.filtered(
                lambda line: line.parent_state == "posted" and line.account_type in types and not line.reconciled
            )
            for account in payment_lines.account_id:
                plan.append(
                    (payment_lines + vals["to_reconcile"]).filtered(
                        lambda line, account=account: line.account_id == account and not line.reconciled
                    )
                )
        self.env["account.move.line"]._reconcile_plan(plan)
        for vals in to_process:
            # The same link as core's matched_payment_ids, written from the side that asks less: an invoice re-reads its lines.
            vals["payment"].invoice_ids += vals["to_reconcile"].move_id
        return None
