"""What was open at the end of a past month, though it has been matched since: by the dates of what it was matched with."""

from odoo import models
from odoo.fields import Domain

RECEIVABLE = ("asset_receivable", "liability_payable")


class CosmeticsBankBalance(models.Model):
    _inherit = "cosmetics.bank.balance"

    def _get_matched_later(self):
        """Return [(kind, date, name, partner, amount)] of what stood open at the end of the month and was matched with later entries.

        A movement counts as far as its counterpart is dated later: an invoice of the next month was not in the books yet. What the
        accountant matched late with an entry of the month itself was: it is not open. The amount has the sign of the money.
        """
        self.ensure_one()
        found = [("bank", line, amount) for line, amount in self._get_movements_booked_later().items()]
        found += [("book", payment, amount) for payment, amount in self._get_payments_shown_later().items()]
        return [
            (
                f"{side}_{'in' if amount > 0 else 'out'}",
                record.date,
                record.payment_ref if side == "bank" else record.memo or record.name,
                record.partner_id,
                self.currency_id.round(amount),
            )
            for side, record, amount in found
            if not self.currency_id.is_zero(amount)
        ]

    def _get_partials_after(self, own):
        """Yield (item, matched item, amount) of matches dated after the month, of items that a domain describes."""
        partials = self.env["account.partial.reconcile"]
        for mine, other in (("debit_move_id", "credit_move_id"), ("credit_move_id", "debit_move_id")):
            domain = Domain([("max_date", ">", self.date), ("company_id", "=", self.company_id.id)]) & Domain(mine, "any", own)
            for partial in partials.search(domain):
                yield partial[mine], partial[other], partial[mine.replace("move_id", "amount_currency")]

    def _get_own_domain(self):
        return Domain([("journal_id", "=", self.journal_id.id), ("date", "<=", self.date), ("parent_state", "=", "posted")])

    def _get_movements_booked_later(self):
        """Return {movement: amount of it that had no counterpart in the books}."""
        own = self._get_own_domain() & Domain("statement_line_id", "!=", False)
        amounts = {}
        for item, other, amount in self._get_partials_after(own):
            # Money between own accounts is booked when it leaves: it waits for the other account, not for the books.
            if item.account_id == self.company_id.transfer_account_id and not other._is_on_the_way():
                continue
            line = item.statement_line_id
            amounts[line] = amounts.get(line, 0.0) + (amount if item.balance < 0 else -amount)
        return amounts

    def _get_payments_shown_later(self):
        """Return {payment: amount that the bank had not shown}."""
        own = self._get_own_domain() & Domain("payment_id", "!=", False) & Domain("account_id.account_type", "not in", RECEIVABLE)
        amounts = {}
        for item, _other, amount in self._get_partials_after(own):
            payment = item.payment_id
            amounts[payment] = amounts.get(payment, 0.0) + (amount if item.balance > 0 else -amount)
        return amounts | self._get_payments_without_entry()

    def _get_payments_without_entry(self):
        """Return {payment: amount} of payments that make no entry, whose documents the bank has paid after the month only."""
        domain = [("journal_id", "=", self.journal_id.id), ("move_id", "=", False), ("state", "=", "paid"), ("date", "<=", self.date)]
        amounts = {}
        for payment in self.env["account.payment"].search(domain):
            items = (payment.invoice_ids | payment.reconciled_invoice_ids | payment.reconciled_bill_ids).line_ids
            shown = (items.matched_debit_ids.debit_move_id | items.matched_credit_ids.credit_move_id).filtered("statement_line_id")
            if shown and min(shown.mapped("date")) > self.date:
                amounts[payment] = payment.amount if payment.payment_type == "inbound" else -payment.amount
        return amounts
