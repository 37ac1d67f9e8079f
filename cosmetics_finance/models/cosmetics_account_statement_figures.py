"""The figures of statements of account, from the journal items, for many partners at once."""

from decimal import Decimal

from odoo import models

from ..tools.account_statement import balance_account
from .cosmetics_account_statement_line import DOCUMENTS
from .cosmetics_finance_due import ACCOUNT_TYPES


class CosmeticsAccountStatement(models.Model):
    _inherit = "cosmetics.account.statement"

    def _fill(self):
        """Write the figures and lines of the books; one pair of queries for all partners of a period."""
        values = []
        for subject, statements in self.grouped(lambda one: (one.company_id, one.kind, one.date_begin, one.date_end)).items():
            values += statements._fill_period(*subject)
        # Lines and figures are the books': no role may write them, so the statement does; its own rights are checked by create and write.
        self.sudo().line_ids.unlink()
        self.env["cosmetics.account.statement.line"].sudo().create(values)

    def _fill_period(self, company, kind, begin, end):
        """Write the figures of statements of one period; return the values of their lines."""
        openings, movements = self._get_openings(company, kind, begin), self._get_movements(company, kind, begin, end)
        values = []
        for statement in self:
            rows = movements.get(statement.partner_id, [])
            account = balance_account(openings.get(statement.partner_id, Decimal(0)), [row[:2] for row in rows])
            figures = {"increase": account.increase, "decrease": account.decrease, "closing": account.closing}
            opening = account.closing - account.increase + account.decrease
            # See _fill(): the figures are the books'.
            statement.sudo().write({"opening": float(opening), **{name: float(amount) for name, amount in figures.items()}})
            values += [
                statement._prepare_line_vals(sequence, row, balance)
                for sequence, (row, balance) in enumerate(zip(rows, account.balances, strict=True), start=1)
            ]
        return values

    def _prepare_line_vals(self, sequence, row, balance):
        increase, decrease, date, move = row
        is_payment = move.origin_payment_id or move.statement_line_id
        return {
            "statement_id": self.id,
            "sequence": sequence,
            "date": date,
            "move_id": move.id,
            "move_name": move.name,
            "ref": move.ref or move.payment_reference,
            "document": DOCUMENTS.get(move.move_type) or ("payment" if is_payment else "entry"),
            "increase": float(increase),
            "decrease": float(decrease),
            "balance": float(balance),
        }

    def _get_openings(self, company, kind, begin):
        """Return {partner: balance before a day}, of those partners of `self` that have one."""
        domain = [*self._get_item_domain(company, kind), ("date", "<", begin)]
        openings, sign = {}, self._get_sign(kind)
        for partner, amount in self._get_items(company)._read_group(domain, ["partner_id"], ["balance:sum"]):
            key = partner.commercial_partner_id
            openings[key] = openings.get(key, Decimal(0)) + sign * self._round(company, amount)
        return openings

    def _get_movements(self, company, kind, begin, end):
        """Return {partner: [(increase, decrease, date, move)]} of the period in the order of the books."""
        domain = [*self._get_item_domain(company, kind), ("date", ">=", begin), ("date", "<=", end)]
        sides = ["debit:sum", "credit:sum"] if kind == "receivable" else ["credit:sum", "debit:sum"]
        groups = self._get_items(company)._read_group(domain, ["partner_id", "move_id"], [*sides, "date:min"])
        movements = {}
        for partner, move, increase, decrease, date in groups:
            row = (self._round(company, increase), self._round(company, decrease), date, move)
            movements.setdefault(partner.commercial_partner_id, []).append(row)
        for rows in movements.values():
            rows.sort(key=lambda row: (row[2], row[3].name or "", row[3].id))
        return movements

    def _get_item_domain(self, company, kind):
        """Return the posted journal items of the partners of `self` on receivable or payable accounts."""
        return [
            ("parent_state", "=", "posted"),
            ("account_id.account_type", "=", ACCOUNT_TYPES[kind]),
            ("company_id", "child_of", company.id),
            ("partner_id", "child_of", self.partner_id.ids),
        ]

    def _get_items(self, company):
        """Return journal items as the user sees them, in all branches; whoever may not read a branch gets a sentence, not a part."""
        statutory = self.env["cosmetics.statement"]
        statutory._check_reader(company)
        return self.env["account.move.line"].with_context(allowed_company_ids=statutory._get_companies(company).ids)

    def _get_sign(self, kind):
        return 1 if kind == "receivable" else -1

    def _round(self, company, amount):
        return Decimal(f"{amount:.{company.currency_id.decimal_places}f}")
