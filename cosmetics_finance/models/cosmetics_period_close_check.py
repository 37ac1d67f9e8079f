from odoo import models
from odoo.fields import Domain

from ..tools.voucher import find_gaps


class CosmeticsPeriodClose(models.Model):
    """What is checked before a month is closed."""

    _inherit = "cosmetics.period.close"

    def _get_checks(self):
        """Return the findings: dicts of name (sentence), subject, is_met, is_required. Extend with super() + your own."""
        self.ensure_one()
        report = self._get_report()
        return [
            self._check_count("drafts"),
            self._check_count("bank"),
            self._check_suspense(report),
            *self._check_statements(report),
            self._check_vouchers(),
            self._check_stock(),
            self._check_exchange(),
        ]

    def _get_check_action(self, subject):
        """Return the action that shows what is open; extend for subjects of your own."""
        self.ensure_one()
        if subject in ("statements", "unmapped", "unmatched"):
            return self._get_statement_action(subject)
        name = dict(self.check_ids._fields["subject"]._description_selection(self.env))[subject]
        model = {"bank": "account.bank.statement.line", "suspense": "account.move.line", "exchange": "account.move.line"}
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model.get(subject, "account.move"),
            "view_mode": "list,form",
            "domain": list(self._get_check_domain(subject)),
        }

    def _get_check_domain(self, subject):
        """Return the domain of the records a finding is about."""
        until = Domain("company_id", "child_of", self.company_id.id) & Domain("date", "<=", self.date_end)
        posted = until & Domain("parent_state", "=", "posted")
        domains = {
            "drafts": lambda: until & Domain("state", "=", "draft"),
            "bank": lambda: until & Domain("is_reconciled", "=", False) & Domain("state", "=", "posted"),
            "suspense": lambda: posted & Domain("account_id", "in", self._get_suspense_accounts().ids),
            "vouchers": lambda: until & Domain("date", ">=", self.date_begin) & Domain("state", "=", "posted"),
            "stock": lambda: Domain(self._get_stock_domain()),
            "exchange": lambda: (
                posted
                & Domain("currency_id", "!=", self.company_id.currency_id.id)
                & Domain("account_id.account_type", "in", ("asset_receivable", "liability_payable", "asset_cash"))
                & Domain("amount_residual_currency", "!=", 0)
            ),
        }
        return domains[subject]()

    def _prepare_check(self, subject, is_met, name, is_required=True):
        return {"subject": subject, "is_met": is_met, "name": name, "is_required": is_required}

    def _check_count(self, subject):
        model = "account.bank.statement.line" if subject == "bank" else "account.move"
        count = self.env[model].search_count(self._get_check_domain(subject))
        sentences = {
            "drafts": (self.env._("No draft entry is left."), self.env._("%s draft entries are left: post or delete them.", count)),
            "bank": (
                self.env._("All bank lines are reconciled."),
                self.env._("%s bank lines are not reconciled: reconcile or delete them.", count),
            ),
        }
        return self._prepare_check(subject, not count, sentences[subject][bool(count)])

    def _get_suspense_accounts(self):
        companies = self.env["cosmetics.statement"]._get_companies(self.company_id)
        journals = self.env["account.journal"].search([("company_id", "in", companies.ids), ("type", "in", ("bank", "cash", "credit"))])
        return journals.suspense_account_id

    def _get_report(self):
        """Return the statements of the month, as on the screen."""
        values = {"kind": "balance", "company_id": self.company_id.id, "period_kind": "month", "year": self.year, "month": self.month}
        return self.env["cosmetics.statement.report"].create(values)

    def _check_suspense(self, report):
        accounts = self._get_suspense_accounts()
        sums = report._sum_until(accounts, self.date_end)
        texts = ", ".join(f"{account.display_name} ({report._money(sums[account.id])})" for account in accounts if sums.get(account.id))
        sentence = self.env._("Suspense accounts are not zero: %s.", texts) if texts else self.env._("Suspense accounts are zero.")
        return self._prepare_check("suspense", not texts, sentence)

    def _check_statements(self, report):
        facts = report._get_facts()
        checks = [self._prepare_check("statements", check["is_met"], check["text"]) for check in report._get_checks(facts)]
        for (text, _subject), subject, good, is_required in (
            (report._warn_unmapped(facts), "unmapped", self.env._("All accounts have a row in the statements."), True),
            (report._warn_unmatched(), "unmatched", self.env._("All cash movements fit a rule or have an item."), False),
        ):
            checks.append(self._prepare_check(subject, not text, text or good, is_required))
        return checks

    def _get_statement_action(self, subject):
        report = self._get_report()
        if subject != "statements":
            return report.action_open_warning(subject)
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_finance.cosmetics_statement_report_action_balance")
        return {**action, "res_id": report.id}

    def _check_vouchers(self):
        moves = self.env["account.move"].search_fetch(self._get_check_domain("vouchers"), ["company_id", "voucher_number"])
        missing = moves.filtered(lambda move: not move.voucher_number)
        gaps = {gap for _company, group in moves.grouped("company_id").items() for gap in find_gaps(group.mapped("voucher_number"))}
        if missing:
            sentence = self.env._("%s vouchers have no number: number the vouchers of the month.", len(missing))
        elif gaps:
            numbers = ", ".join(map(str, sorted(gaps)[:10]))
            sentence = self.env._("Voucher numbers are missing: %s. Number the vouchers of the month again.", numbers)
        else:
            sentence = self.env._("The vouchers are numbered without gaps.")
        return self._prepare_check("vouchers", not missing and not gaps, sentence)

    def _check_stock(self):
        """Stock valued at closing needs an entry on the last day of each month in which goods moved; perpetual stock needs none."""
        company = self.company_id
        moved = (
            self.env["stock.move"]
            .sudo()
            .search_count(  # a yes or no; no stock record is shown to the accountant
                [("company_id", "=", company.id), ("state", "=", "done"), ("date", ">=", self.date_begin), ("date", "<=", self.date_end)],
                limit=1,
            )
        )
        is_met = (
            not moved
            or company.inventory_valuation == "real_time"
            or bool(self.env["account.move"].search_count(self._get_stock_domain(), limit=1))
        )
        sentence = self.env._("Stock is valued through the month.")
        if not is_met:
            sentence = self.env._("Stock is not valued on the last day of the month: close the stock valuation.")
        return self._prepare_check("stock", is_met, sentence, is_required=False)

    def _get_stock_domain(self):
        journal = self.company_id.account_stock_journal_id
        return [("journal_id", "=", journal.id), ("state", "=", "posted"), ("date", "=", self.date_end)]

    def _check_exchange(self):
        count = self.env["account.move.line"].search_count(self._get_check_domain("exchange"))
        sentence = self.env._("Nothing is open in a foreign currency.")
        if count:
            sentence = self.env._("%s open items are in a foreign currency: revalue them at the rate of the last day.", count)
        return self._prepare_check("exchange", not count, sentence, is_required=False)
