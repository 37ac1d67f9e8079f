"""Payments of many invoices are booked and reconciled together."""

from odoo import Command, models
from odoo.addons.cosmetics_base.tools.memo import Memo


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    def _init_payments(self, to_process, edit_mode=False):
        """Let payments of invoices without a write-off get their entries together when they are posted, not one by one before.

        They know their invoices from the start, and look once for their account of money on its way. Receipts, those of expense claims
        among them, go core's way: what pays a claim is marked on its entry.
        """
        if len(to_process) > 1 and not edit_mode:
            for vals in to_process:
                moves, create_vals = vals["to_reconcile"].move_id, vals["create_vals"]
                if not create_vals.get("write_off_line_vals") and all(move.is_invoice() for move in moves):
                    create_vals.pop("write_off_line_vals", None)
                    create_vals["invoice_ids"] = [Command.set(moves.ids)]
        register = self.with_context(outstanding_memo=Memo())
        return super(AccountPaymentRegister, register)._init_payments(to_process, edit_mode=edit_mode)

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
            unknown = vals["to_reconcile"].move_id - vals["payment"].invoice_ids
            if unknown:
                # The same link as core's matched_payment_ids, written from the side that asks less: an invoice re-reads its lines.
                vals["payment"].invoice_ids += unknown
        return None
