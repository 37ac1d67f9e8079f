"""Whose money it is: by the account number or the name of the other side, when there is no doubt."""

import re

from odoo import models

MASKED = re.compile(r"[*＊#]")
NAME_SIGNS = re.compile(r"[\s（）()·.,，。]")


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    def _retrieve_partner(self):
        """Find the partners of lines that have none.

        The add-on looks for names and numbers that contain the bank's: 张 or a number of four digits would be anybody. Here the number must
        be the same, else the name, and belong to one partner only.
        """
        if self.env.context.get("skip_retrieve_partner"):
            return
        to_find = self.filtered(lambda line: not line.partner_id and not line.is_reconciled)
        for company, lines in to_find.grouped("company_id").items():
            by_number, by_name = lines._get_partners_by_number(company), lines._get_partners_by_name(company)
            for line in lines:
                partner = by_number.get(line.account_number) or by_name.get(self._get_name_key(line.partner_name))
                if partner:
                    line.partner_id = partner

    def _get_name_key(self, name):
        """Return a name without blanks and brackets; nothing when the bank masks it."""
        return "" if MASKED.search(name or "") else NAME_SIGNS.sub("", name or "")

    def _get_partners_by_number(self, company):
        """Return {account number of a line: partner}, of numbers that one partner has."""
        wanted = {
            number: re.sub(r"\W", "", number).upper() for line in self if (number := line.account_number) and not MASKED.search(number)
        }
        domain = [("sanitized_acc_number", "in", list(wanted.values())), ("company_id", "in", (False, company.id))]
        found = {}
        for account in self.env["res.partner.bank"].search(domain):
            found.setdefault(account.sanitized_acc_number, set()).add(account.partner_id.commercial_partner_id)
        sole = {number: partners.pop() for number, partners in found.items() if len(partners) == 1}
        return {number: sole[sanitized] for number, sanitized in wanted.items() if sanitized in sole}

    def _get_partners_by_name(self, company):
        """Return {compared name: partner}, of names that one partner has."""
        names = {line.partner_name for line in self if self._get_name_key(line.partner_name)}
        domain = [("name", "in", list(names)), ("parent_id", "=", False), ("company_id", "in", (False, company.id))]
        found = {}
        for partner in self.env["res.partner"].search(domain):
            found.setdefault(self._get_name_key(partner.name), []).append(partner)
        return {name: partners[0] for name, partners in found.items() if len(partners) == 1}
