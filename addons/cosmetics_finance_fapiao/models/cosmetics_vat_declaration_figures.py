"""What a declaration counts: sales by rate and kind of invoice, input tax, what is owed, and how it ties to the ledger."""

from collections import defaultdict
from decimal import Decimal

from odoo import models

from ..tools import vat
from ..tools.kinds import SALES
from ..tools.money import ZERO, exact, half_up, split

BUCKETS = ("special", "normal", "none")
SURCHARGES = ("urban", "education", "local_education")


class CosmeticsVatDeclaration(models.Model):
    _inherit = "cosmetics.vat.declaration"

    def _count(self):
        """Return {"rows": values of the rows, "totals": values of the sheet}; writes nothing."""
        self.ensure_one()
        output = self._get_output()
        counted = self._count_general(output) if self.kind == "general" else self._count_small(output)
        base = counted["totals"]["payable"]
        surcharges = vat.surcharges(base, self._get_surcharge_rates(), self._get_surcharge_share())
        rows = self._get_output_rows(output) + counted["rows"]
        rows += [{"section": "surcharge", "code": code, "sales": base, "tax": tax} for code, tax in surcharges.items()]
        total = sum(surcharges.values(), ZERO)
        rows += [{"section": "surcharge", "code": "surcharge_total", "tax": total}, *counted["checks"]]
        difference = sum((abs(row["difference"]) for row in counted["checks"] if row["code"] in ("chk_output", "chk_balance")), ZERO)
        totals = {**counted["totals"], "surcharge_total": total, "difference": difference}
        return {"rows": [self._floats(row) for row in rows], "totals": self._floats(totals)}

    def _floats(self, values):
        return {name: float(value) if isinstance(value, Decimal) else value for name, value in values.items()}

    # ------------------------------------------------------------------ sales
    def _get_output(self):
        """Return {(rate or None, bucket): [sales, tax, tax on special invoices]}; buckets are those of invoices, and refunds."""
        found = defaultdict(lambda: [ZERO, ZERO, ZERO])
        for move, rates in self._get_sales(self._get_period_domain()).items():
            shares = self._get_shares(move, None, self.date_to)
            for rate, amounts in rates.items():
                parts = (split(amount, shares) for amount in amounts)
                for bucket, sales, tax in zip(BUCKETS, *parts, strict=True):
                    self._add(found, move, rate, bucket, sales, tax)
        # Sales of an earlier period, then without invoice, are invoiced now: they move from one row to another.
        for move, rates in self._get_sales(self._get_late_domain()).items():
            special, normal, _none = self._get_shares(move, self.date_from, self.date_to)
            for rate, (sales, tax) in rates.items():
                weights = [special, normal, exact(move._get_fapiao_target()) - special - normal]
                for bucket, part, part_tax in zip(BUCKETS[:2], split(sales, weights), split(tax, weights), strict=False):
                    self._add(found, move, rate, bucket, part, part_tax)
                    self._add(found, move, rate, "none", -part, -part_tax)
        return found

    def _add(self, found, move, rate, bucket, sales, tax):
        """Refunds stand in a row of their own, whatever their red letter."""
        entry = found[rate, "red" if move.move_type == "out_refund" else bucket]
        entry[0] += sales
        entry[1] += tax
        entry[2] += tax if bucket == "special" else ZERO

    def _get_sales(self, domain):
        """Return {move: {rate or None when exempt: [sales, tax]}} of the lines that carry or are VAT on sales."""
        items = self.env["account.move.line"]
        found = defaultdict(lambda: defaultdict(lambda: [ZERO, ZERO]))
        base = items._read_group([*domain, ("tax_ids.type_tax_use", "=", "sale")], ["move_id", "tax_ids"], ["balance:sum"])
        taxes = items._read_group([*domain, ("tax_line_id.type_tax_use", "=", "sale")], ["move_id", "tax_line_id"], ["balance:sum"])
        for place, groups in enumerate((base, taxes)):
            for move, tax, balance in groups:
                rate = None if tax._is_vat_exempt() else exact(tax.amount) / 100
                found[move][rate][place] -= exact(balance)
        return found

    def _get_shares(self, move, first, last):
        """Return what special and normal invoices of these days stand for, and what none stands for."""
        links = move.fapiao_link_ids._get_effective().filtered(lambda link: (first or link.day) <= link.day <= last)
        special = exact(sum(links.filtered("is_special").mapped("amount")))
        normal = exact(sum(links.mapped("amount"))) - special
        target = exact(move._get_fapiao_target())
        if not move.fapiao_link_ids and move.fapiao and move.move_type in SALES:
            normal = target  # a number typed by hand: nobody knows its kind
        if not special and not normal:
            return ZERO, ZERO, Decimal(1)
        return special, normal, target - special - normal

    # ------------------------------------------------------------------ what is owed
    def _count_general(self, output):
        sums = {name: self._get_ledger(code) for name, code in (("deduction", "22210102"), ("paid", "22210103"), ("relief", "22210105"))}
        manual = -self._get_ledger("22210107", [("tax_line_id", "=", False)])
        tax = sum((entry[1] for entry in output.values()), ZERO) + manual
        transfers = self._get_transfers_out()
        certified, certified_amount = self._get_certified()
        before = self._get_credit_before()
        owed = vat.general(tax, input_tax=certified, transferred_out=sum(transfers.values(), ZERO), credit_before=before, **sums)
        moved = self._get_reclassified(certified)
        rows = [{"section": "output", "code": "out_manual", "tax": manual}] if manual else []
        rows += [self._get_total_row(output, tax)]
        rows += [{"section": "input", "code": "in_certified", "sales": certified_amount, "tax": certified}]
        rows += [{"section": "input", "code": "in_transfer", "reason": reason, "tax": amount} for reason, amount in transfers.items()]
        pay = {"credit_before": before, **sums, "payable": owed.payable, "unpaid": owed.unpaid}
        pay |= {"overpaid": owed.overpaid, "credit_after": owed.credit_after}
        always = ("credit_before", "payable", "unpaid", "credit_after")
        rows += [{"section": "pay", "code": code, "tax": amount} for code, amount in pay.items() if amount or code in always]
        totals = {"payable": owed.payable, "unpaid": owed.unpaid, "overpaid": owed.overpaid, "credit_after": owed.credit_after}
        checks = [
            self._get_sales_check(output),
            self._check_row("chk_output", tax, -self._get_ledger("22210107")),
            self._check_row("chk_input", certified, self._get_ledger("22210101")),
            self._check_row("chk_balance", owed.balance, moved - self._get_ledger("222101", first=None)),
        ]
        return {"rows": rows, "checks": checks, "totals": {**totals, "exempt": ZERO, "reclassified": moved}}

    def _count_small(self, output):
        sales = sum((entry[0] for entry in output.values()), ZERO)
        tax = sum((entry[1] for entry in output.values()), ZERO)
        special = sum((entry[2] for entry in output.values()), ZERO)
        threshold = self._get_rate(f"exempt_{self.period}") or ZERO
        owed = vat.small(sales, tax, special, threshold)
        levy = self._get_rate("levy") or ZERO
        reduced = sum((half_up(entry[0] * (levy - rate)) for (rate, _b), entry in output.items() if rate and rate < levy), ZERO)
        rows = [self._get_total_row(output, tax)]
        pay = {"exempt": owed.exempt_tax, "levy_relief": reduced, "payable": owed.payable, "unpaid": owed.payable}
        rows += [{"section": "pay", "code": code, "tax": amount} for code, amount in pay.items()]
        totals = {"payable": owed.payable, "unpaid": owed.payable, "overpaid": ZERO, "credit_after": ZERO}
        sold = [("journal_id.type", "not in", ("bank", "cash"))]
        checks = [self._get_sales_check(output), self._check_row("chk_output", tax, -self._get_ledger("222101", sold))]
        return {"rows": rows, "checks": checks, "totals": {**totals, "exempt": owed.exempt_tax, "reclassified": ZERO}}

    def _get_output_rows(self, output):
        order = {bucket: place for place, bucket in enumerate((*BUCKETS, "red"))}
        keys = sorted(
            (key for key, entry in output.items() if any(entry)), key=lambda key: (-(key[0] or ZERO), key[0] is None, order[key[1]])
        )
        return [
            {
                "section": "output",
                "code": f"out_{bucket}",
                "rate": rate or ZERO,
                "has_rate": rate is not None,
                "sales": output[rate, bucket][0],
                "tax": output[rate, bucket][1],
            }
            for rate, bucket in keys
        ]

    def _get_total_row(self, output, tax):
        return {"section": "output", "code": "out_total", "sales": sum((entry[0] for entry in output.values()), ZERO), "tax": tax}

    def _check_row(self, code, sheet, ledger, column="tax"):
        return {"section": "check", "code": code, column: sheet, "ledger": ledger, "difference": sheet - ledger}

    def _get_sales_check(self, output):
        """Income without any tax on it is not in the sheet: the row shows how much."""
        sales = sum((entry[0] for entry in output.values()), ZERO)
        domain = [*self._get_period_domain(), ("account_id.account_type", "=", "income")]
        return self._check_row("chk_sales", sales, -exact(self._get_balance(domain)), "sales")

    # ------------------------------------------------------------------ reading
    def _get_period_domain(self, first=True):
        """Return the domain of the posted journal items of the period, without this sheet's own entries."""
        domain = [("company_id", "child_of", self.company_id.id), ("parent_state", "=", "posted"), ("date", "<=", self.date_to)]
        domain += [("date", ">=", self.date_from)] if first else []
        return [*domain, ("move_id.vat_declaration_id", "!=", self.id)] if self.id else domain

    def _get_late_domain(self):
        links = [("fapiao_id.day", ">=", self.date_from), ("fapiao_id.day", "<=", self.date_to), ("fapiao_id.state", "!=", "void")]
        moves = self.env["cosmetics.fapiao.link"].search([*links, ("move_id.date", "<", self.date_from)]).move_id
        company = [("company_id", "child_of", self.company_id.id), ("parent_state", "=", "posted")]
        return [*company, ("move_id", "in", moves.ids), ("move_id.move_type", "in", SALES)]

    def _get_certified_domain(self):
        return [("certified_month", ">=", self.date_from), ("certified_month", "<=", self.date_to), ("state", "!=", "void")]

    def _get_ledger(self, prefix, extra=(), first=True):
        """Return debit less credit of the accounts whose code begins so, in the period or (``first`` None) up to its end."""
        return exact(self._get_balance([*self._get_period_domain(first), *self._get_account_domain(prefix), *extra]))

    def _get_account_domain(self, prefix):
        accounts = self.env["account.account"].with_company(self.company_id).search([("code", "=like", f"{prefix}%")])
        return [("account_id", "in", accounts.ids)]

    def _get_balance(self, domain):
        return self.env["account.move.line"]._read_group(domain, aggregates=["balance:sum"])[0][0]

    def _get_certified(self):
        """Return (tax, amount) of the invoices certified for the period."""
        domain = [("company_id", "=", self.company_id.id), ("direction", "=", "received"), *self._get_certified_domain()]
        tax, amount = self.env["cosmetics.fapiao"]._read_group(domain, aggregates=["deductible_tax:sum", "amount:sum"])[0]
        return exact(tax), exact(amount)

    def _get_transfers_out(self):
        """Return {reason: input tax transferred out}."""
        domain = [*self._get_period_domain(), *self._get_account_domain("22210109")]
        groups = self.env["account.move.line"]._read_group(domain, ["move_id"], ["balance:sum"])
        found = defaultdict(lambda: ZERO)
        for move, balance in groups:
            found[move.vat_transfer_reason or move._get_vat_transfer_reason() or "other"] -= exact(balance)
        return {reason: amount for reason, amount in sorted(found.items()) if amount}

    def _get_credit_before(self):
        """Return the credit of the period before: of its declaration, else of the ledger."""
        before = [("company_id", "=", self.company_id.id), ("date_to", "<", self.date_from), ("state", "=", "confirmed")]
        previous = self.search(before, order="date_to desc", limit=1)
        if previous:
            return exact(previous.credit_after)
        company = [("company_id", "child_of", self.company_id.id), ("parent_state", "=", "posted"), ("date", "<", self.date_from)]
        return max(exact(self._get_balance([*company, *self._get_account_domain("222101")])), ZERO)

    def _get_reclassified(self, certified):
        if not self.is_reclassified:
            return ZERO
        return vat.reclassified(self._get_ledger("22210101"), certified, self._get_ledger("222105", first=None))

    def _get_rate(self, code):
        return self.env["cosmetics.vat.rate"]._get(code, self.date_to, self.company_id)

    def _get_surcharge_rates(self):
        codes = (f"urban_{self.district}", *SURCHARGES[1:])
        return {name: self._get_rate(code) or ZERO for name, code in zip(SURCHARGES, codes, strict=True)}

    def _get_surcharge_share(self):
        """Return what the relief leaves of the surcharges: half, as long as the law grants it."""
        share = self._get_rate("half_relief") if self.has_half_relief else None
        return Decimal(1) if share is None else share

    def _get_items_domain(self, line):
        """Return the journal items a row was counted from."""
        prefixes = {
            "out_manual": "22210107",
            "chk_output": "222101" if self.kind == "small" else "22210107",
            "in_transfer": "22210109",
            "deduction": "22210102",
            "paid": "22210103",
            "relief": "22210105",
        }
        if line.code in prefixes:
            return [*self._get_period_domain(), *self._get_account_domain(prefixes[line.code])]
        if line.code == "chk_sales":
            return [*self._get_period_domain(), ("account_id.account_type", "=", "income")]
        if line.section == "output":
            rate = [("amount", "=", round(line.rate * 100, 4))] if line.code != "out_total" else []
            taxes = self.env["account.tax"].with_context(active_test=False).search([("type_tax_use", "=", "sale"), *rate])
            domain = [*self._get_period_domain(), "|", ("tax_ids", "in", taxes.ids), ("tax_line_id", "in", taxes.ids)]
            return [*domain, ("move_id.move_type", "=" if line.code == "out_red" else "!=", "out_refund")] if rate else domain
        if line.section == "surcharge":
            return [("move_id", "=", self.move_id.id)]
        return [*self._get_period_domain(first=False), *self._get_account_domain("222101")]
