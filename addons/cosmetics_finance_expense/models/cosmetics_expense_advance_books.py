"""Advances in the books: paid, set off against claims, returned. Each item of the account knows its advance."""

from odoo import models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import UserError


class CosmeticsExpenseAdvance(models.Model):
    _inherit = "cosmetics.expense.advance"

    def _get_partner(self):
        """Return the contact in whose name the employee stands in the books."""
        # sudo: the private part of an employee is not read here
        partner = self.sudo().employee_id.work_contact_id
        if not partner:
            raise UserError(self.env._("%s has no work contact. Enter one for the employee first.", self.sudo().employee_id.name))
        return partner

    def _move_money(self, kind, journal, amount, day):
        """Pay these advances or take money back, as a payment of the journal. Called by the dialogue, in the accountant's name."""
        self.ensure_one()
        hold_rows(self)
        self._check_stage("approved" if kind == "pay" else "open")
        if kind == "pay":
            self._check_current()
        account = self.company_id._get_advance_account()
        payment = (
            self.env["account.payment"]
            .with_company(self.company_id)
            .create(
                {
                    "payment_type": "outbound" if kind == "pay" else "inbound",
                    "partner_type": "supplier",
                    "partner_id": self._get_partner().id,
                    "journal_id": journal.id,
                    # A bank account in dollars pays the amount of the paper as well.
                    "currency_id": self.currency_id.id,
                    "amount": amount,
                    "date": day,
                    "memo": f"{self.name} {self.note}",
                    "destination_account_id": account.id,
                }
            )
        )
        payment.action_post()
        # sudo: whose advance an item is, is set by the program alone
        payment.move_id.line_ids.filtered(lambda line: line.account_id == account).sudo().advance_id = self
        if kind == "pay":
            self.sudo().payment_id = payment
        return payment
