"""Invoices claimed by employees are claimed: a bill cannot use them again."""

from odoo import api, models
from odoo.addons.cosmetics_finance_fapiao.models.account_move import PURCHASES


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_fapiao_claims(self, number):
        # sudo: a number is claimed once in the company, also by expenses the user does not see; only a name is told
        expenses = (
            self.env["hr.expense"]
            .sudo()
            .search(
                [
                    ("fapiao", "=", number),
                    ("company_id", "=", self.company_id.id),
                    ("approval_state", "!=", "refused"),
                    ("account_move_id", "!=", self._origin.id),
                ]
            )
        )
        return [*super()._get_fapiao_claims(number), *(expense.claim_id.name or expense.name for expense in expenses)]

    @api.model
    def _get_fapiao_bill_claims(self, company, number):
        """Return the names of the bills of a company that claim a number."""
        domain = [("company_id", "=", company.id), ("move_type", "in", PURCHASES), ("state", "!=", "cancel")]
        # sudo: as above
        bills = self.sudo().search([*domain, "|", ("fapiao", "=", number), ("fapiao_link_ids.fapiao_id.number", "=", number)])
        # The entry of a claim stands for its own invoices.
        return [bill.ref or bill.display_name for bill in bills if number not in bill.expense_ids.mapped("fapiao")]
