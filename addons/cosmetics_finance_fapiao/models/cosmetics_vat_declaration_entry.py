"""The month-end entries: unpaid VAT transferred out, input tax that waits for certification, surcharges."""

from odoo import Command, models
from odoo.exceptions import UserError

# Code prefixes by chart: the same number means another account in the other chart.
ACCOUNTS = {
    "cn": {"urban": "540303", "education": "540310", "local_education": "540313", "exempt": "5301"},
    "cn_large_bis": {"urban": "6403", "education": "6403", "local_education": "6403", "exempt": "6301"},
}
LIABILITIES = {"urban": "222111", "education": "222112", "local_education": "222113"}


class CosmeticsVatDeclaration(models.Model):
    _inherit = "cosmetics.vat.declaration"

    def _create_entry(self):
        """Post the entry and return it; nothing to enter gives none."""
        self.ensure_one()
        lines = self._prepare_entry_lines()
        moves = self.env["account.move"]
        if not lines:
            return moves
        self._check_month_open()
        journal = self.env["account.journal"].search([("company_id", "=", self.company_id.id), ("type", "=", "general")], limit=1)
        if not journal:
            raise UserError(self.env._("There is no journal for miscellaneous entries. Create one of the type Miscellaneous."))
        move = moves.create(
            {
                "move_type": "entry",
                "journal_id": journal.id,
                "date": self.date_to,
                "ref": self.name,
                "line_ids": [Command.create(line) for line in lines],
            }
        )
        move.sudo().vat_declaration_id = self  # sudo: the sheet alone names its entries
        move.action_post()
        return move

    def _prepare_entry_lines(self):
        """Return the values of the lines: pairs of a debit and a credit."""
        found = []
        for debit, credit, amount, label in self._get_transfers():
            if self.currency_id.is_zero(amount):
                continue
            for code, balance in ((debit, amount), (credit, -amount)):
                found.append({"account_id": self._get_account(code).id, "name": label, "balance": balance})
        return found

    def _get_transfers(self):
        """Return (debit account, credit account, amount, label); a negative amount goes the other way round."""
        own = ACCOUNTS.get(self.company_id.chart_template, ACCOUNTS["cn"])
        surcharges = [
            (own[line.code], LIABILITIES[line.code], line.tax, line.label)
            for line in self.line_ids
            if line.section == "surcharge" and line.code in LIABILITIES
        ]
        if self.kind == "small":
            return [("222101", own["exempt"], self.exempt, self.env._("VAT-free below the threshold")), *surcharges]
        return [
            ("222105", "22210101", self.reclassified, self.env._("Input tax not certified")),
            ("22210104", "222102", self.unpaid, self.env._("Unpaid VAT transferred out")),
            ("222102", "22210110", self.overpaid, self.env._("Overpaid VAT transferred out")),
            *surcharges,
        ]

    def _get_account(self, prefix):
        """Return the account of the company whose code begins with the prefix: the shortest, zeros after it do not count."""
        account = self.company_id._find_account(prefix)
        if not account:
            raise UserError(self.env._("Account %s is missing. Create it in the chart of accounts, then confirm again.", prefix))
        return account

    def _check_month_open(self):
        """Core would move an entry of a closed month to the next one, where the sheet does not look for it."""
        self.env["cosmetics.period.close"]._check_open(self.company_id, self.date_to)

    def _reverse_entry(self):
        """Reverse the entry on its own day, so that the period shows nothing of it."""
        self.ensure_one()
        if not self.move_id:
            return
        self._check_month_open()
        day = self.move_id.date
        reversal = self.move_id._reverse_moves([{"date": day, "ref": self.env._("Reopened: %s", self.name)}], cancel=True)
        reversal.sudo().vat_declaration_id = self  # sudo: as above
