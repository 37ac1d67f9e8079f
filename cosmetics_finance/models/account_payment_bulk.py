"""Many payments get their entries together: each is told of its own by one step, not by a write of its own."""

from odoo import models
from odoo.addons.cosmetics_base.tools.memo import Memo


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def _generate_journal_entry(self, write_off_line_vals=None, force_balance=None, line_ids=None):
        """Create the entries of many payments and link them; one payment goes core's way unchanged.

        Core writes entry and state on one payment after the other, and each time asks which invoices it pays. Here the state is left to
        the write that asks for the entries: it sets it on all of them, posts them and checks.
        """
        needy = self.filtered(lambda payment: not payment.move_id and payment.outstanding_account_id)
        if len(needy) < 2:
            return super()._generate_journal_entry(write_off_line_vals, force_balance, line_ids)
        moves = self.env["account.move"].create([payment._generate_move_vals() for payment in needy])
        link = self._fields["move_id"]
        # The steps of a write, with a value for each record.
        needy.modified(["move_id"], before=True)
        for payment, move in zip(needy, moves, strict=True):
            link.write(payment, move.id)
        needy.modified(["move_id"])
        return None

    def _get_outstanding_account(self, payment_type):
        """Within a batch, the account of a company and direction is looked for once; a branch has that of the company it belongs to."""
        memo = Memo.of(self.env, "outstanding_memo")
        # sudo: core looks in the books of that company, which whoever works for the branch alone may not enter
        ask = super(AccountPayment, self.sudo())._get_outstanding_account
        account = ask(payment_type) if memo is None else memo.once((self.company_id, payment_type), lambda: ask(payment_type))
        return account.with_env(self.env)
