"""Many entries are posted together: dated by one write, numbered from one look at the last number."""

from odoo import fields, models
from odoo.addons.cosmetics_base.tools.memo import Memo


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        """Date the undated customer invoices of a batch together before core would date them one by one.

        Core writes today on each of them, and every write rebuilds the lines that depend on the date of its entry.
        """
        if len(self) > 1:
            # As core does it: a date that posting sets is no change by hand.
            undated = self._get_undated_invoices().with_context(skip_is_manually_modified=True)
            undated.invoice_date = fields.Date.context_today(self)
        return super()._post(soft=soft)

    def _get_undated_invoices(self):
        """Return the customer invoices that core dates when they are posted, without those whose rate was set by hand: core protects it."""
        undated = self.filtered(lambda move: not move.invoice_date and move.is_sale_document(include_receipts=True))
        return undated.filtered(
            lambda move: (
                move.currency_id == move.company_currency_id
                or move.invoice_currency_rate == move._get_expected_currency_rate_at(move.create_date.date())
            )
        )

    def _compute_name(self):
        """Remember the last number of each journal and day while a batch is numbered."""
        if len(self) > 1 and Memo.of(self.env, "number_memo") is None:
            return super(AccountMove, self.with_context(number_memo=Memo()))._compute_name()
        return super()._compute_name()

    def _get_last_sequence(self, relaxed=False, with_prefix=None):
        """Within a batch, the last number of a journal and day is the one that was given last.

        Core would write out the entry before and search the journal twice for each.
        """
        memo = Memo.of(self.env, "number_memo")
        known = memo.get(self._get_number_key()) if memo and not relaxed and with_prefix is None else None
        return known or super()._get_last_sequence(relaxed=relaxed, with_prefix=with_prefix)

    def _set_next_sequence(self):
        res = super()._set_next_sequence()
        memo = Memo.of(self.env, "number_memo")
        if memo is not None and not self.journal_id.is_self_billing:
            memo[self._get_number_key()] = self.name
        return res

    def _get_number_key(self):
        """Return what entries have in common that core numbers in one row; see its ``_get_last_sequence_domain``."""
        journal = self.journal_id
        return (
            journal.id,
            self.date,
            journal.refund_sequence and self.move_type in ("out_refund", "in_refund"),
            journal.payment_sequence and bool(self.origin_payment_id or self.env.context.get("is_payment")),
        )
