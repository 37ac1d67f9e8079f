from decimal import Decimal

from odoo import models
from odoo.tools import SQL
from odoo.tools.misc import formatLang


class CosmeticsStatementReport(models.TransientModel):
    """What must be true of the statements of a period, and what may make them untrue."""

    _inherit = "cosmetics.statement.report"

    def _get_facts(self):
        """Return {kind: (figures, accounts without a row)} of the year up to the last day: each statement is computed once.

        The figures of the chosen statement have the columns of its form behind those.
        """
        self.ensure_one()
        period = self._get_period()
        year = [(period.year_begin, period.end)]
        shown = {self.kind: [span for _heading, span in self._get_columns()]}
        facts = {}
        for kind, days in {"balance": [(None, period.end), (None, period.opening)], "income": year, "cash_flow": year}.items():
            figures, unmapped = self._get_figures(kind, days + shown.get(kind, []))
            facts[kind] = figures, {account: amounts for account, amounts in unmapped.items() if any(amounts[: len(days)])}
        return facts

    def _get_checks(self, facts=None):
        """Return [{"is_met": bool, "text": sentence, "difference": Decimal}] of the three equations."""
        facts = facts or self._get_facts()
        return [self._check_balance(facts), self._check_cash(facts), self._check_profit(facts)]

    def _get_role(self, facts, kind, role, column=0):
        """Return the amount of the row with a role; 0 when no row has it."""
        amounts = facts[kind][0].get(self._get_statement(kind)._get_row(role).code)
        return amounts[column] if amounts else Decimal(0)

    def _prepare_check(self, name, difference, detail):
        is_met = not difference
        text = self.env._("%(name)s: yes. %(detail)s", name=name, detail=detail)
        if not is_met:
            text = self.env._(
                "%(name)s: no, the difference is %(difference)s. %(detail)s", name=name, difference=self._money(difference), detail=detail
            )
        return {"is_met": is_met, "text": text, "difference": difference}

    def _check_balance(self, facts):
        assets, funding = self._get_role(facts, "balance", "assets"), self._get_role(facts, "balance", "funding")
        detail = self.env._(
            "Assets %(assets)s, liabilities and equity %(funding)s.", assets=self._money(assets), funding=self._money(funding)
        )
        return self._prepare_check(self.env._("Assets equal liabilities and equity"), assets - funding, detail)

    def _check_cash(self, facts):
        closing, cash = self._get_role(facts, "cash_flow", "closing_cash"), self._get_role(facts, "balance", "cash")
        detail = self.env._("Cash flow %(closing)s, balance sheet %(cash)s.", closing=self._money(closing), cash=self._money(cash))
        return self._prepare_check(self.env._("Closing cash equals the cash of the balance sheet"), closing - cash, detail)

    def _check_profit(self, facts):
        """Net profit of the year, plus what moved undistributed profit otherwise, is the change of undistributed profit."""
        profit = self._get_role(facts, "income", "net_profit")
        change = self._get_role(facts, "balance", "retained") - self._get_role(facts, "balance", "retained", 1)
        moved = self._get_distribution(self._get_period())
        detail = self.env._(
            "Net profit %(profit)s, distributed and transferred %(moved)s, change of undistributed profit %(change)s.",
            profit=self._money(profit),
            moved=self._money(moved),
            change=self._money(change),
        )
        name = self.env._("Net profit explains the change of undistributed profit")
        return self._prepare_check(name, profit + moved - change, detail)

    def _get_distribution(self, period):
        """Return what moved undistributed profit in the year without being income or expense: distributions, corrections of past years."""
        statement, balance = self._get_statement("income"), self._get_statement("balance")
        codes = statement._get_codes(self.company_id)
        retained, definition = balance._get_row("retained").code, balance._get_definition()
        profits = set(statement._get_profit_account_ids(codes))
        accounts = [account for account, code in codes.items() if retained in definition.rows_of(code)]
        closed = [account for account in accounts if statement._is_result(codes[account])]
        own = set(accounts) - set(closed)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(-SUM(line.balance), 0)::text FROM account_move_line line
                 WHERE line.company_id IN %s AND line.parent_state = 'posted' AND line.date BETWEEN %s AND %s
                   AND (line.account_id IN %s OR (line.account_id IN %s AND EXISTS (
                        SELECT 1 FROM account_move_line profit WHERE profit.move_id = line.move_id AND profit.account_id IN %s)))
                """,
                tuple(statement._get_companies(self.company_id).ids),
                period.year_begin,
                period.end,
                tuple(own) or (0,),
                tuple(closed) or (0,),
                tuple(profits) or (0,),
            )
        )
        return Decimal(rows[0][0])

    # ------------------------------------------------------------------ warnings
    def _get_warnings(self, facts=None):
        """Return [{"text": sentence, "subject": word for action_open_warning}]."""
        found = (self._warn_unmapped(facts or self._get_facts()), self._warn_drafts(), self._warn_waiting(), self._warn_unmatched())
        return [{"text": text, "subject": subject} for text, subject in found if text]

    def _warn_unmapped(self, facts):
        names = {**facts["balance"][1], **facts["income"][1]}
        texts = ", ".join(f"{account} ({self._money(amounts[0])})" for account, amounts in sorted(names.items()))
        return names and self.env._("Accounts without a row, missing in the statements: %s. Give each a row.", texts), "unmapped"

    def _get_draft_domain(self):
        period = self._get_period()
        return [
            ("state", "=", "draft"),
            ("date", "<=", period.end),
            ("date", ">=", period.year_begin),
            ("company_id", "child_of", self.company_id.id),
        ]

    def _warn_drafts(self):
        count = self.env["account.move"].search_count(self._get_draft_domain())
        return count and self.env._("%s draft entries of the year up to this day are not in the figures.", count), "drafts"

    def _get_waiting_accounts(self):
        """Return the accounts through which money only passes: suspense, transfer, outstanding receipts and payments."""
        companies = self.env["cosmetics.statement"]._get_companies(self.company_id)
        journals = self.env["account.journal"].search([("company_id", "in", companies.ids), ("type", "in", ("bank", "cash", "credit"))])
        lines = journals.inbound_payment_method_line_ids | journals.outbound_payment_method_line_ids
        accounts = lines.payment_account_id - journals.default_account_id
        accounts |= journals.suspense_account_id
        # Payments take these accounts of the chart when their method names none.
        template = self.env["account.chart.template"].with_company(self.company_id.root_id)
        for name in ("account_journal_payment_debit_account_id", "account_journal_payment_credit_account_id"):
            accounts |= template.ref(name, raise_if_not_found=False) or accounts.browse()
        # The account of transfers between own banks is the company's; readers of the books do not read companies' settings.
        return accounts | self.company_id.sudo().transfer_account_id.sudo(False)

    def _warn_waiting(self):
        accounts = self._get_waiting_accounts()
        sums = self._sum_until(accounts, self._get_period().end)
        texts = ", ".join(f"{account.display_name} ({self._money(sums[account.id])})" for account in accounts if sums.get(account.id))
        return texts and self.env._("Money is still on its way: %s. Reconcile it with the bank.", texts), "waiting"

    def _sum_until(self, accounts, day):
        """Return {account id: Decimal} of posted balances up to a day."""
        self.env["account.move.line"].flush_model()
        companies = self.env["cosmetics.statement"]._get_companies(self.company_id)
        rows = self.env.execute_query(
            SQL(
                "SELECT account_id, SUM(balance)::text FROM account_move_line"
                " WHERE account_id IN %s AND company_id IN %s AND parent_state = 'posted' AND date <= %s GROUP BY account_id",
                tuple(accounts.ids) or (0,),
                tuple(companies.ids),
                day,
            )
        )
        return {account: Decimal(amount) for account, amount in rows}

    def _warn_unmatched(self):
        period = self._get_period()
        companies = self.env["cosmetics.statement"]._get_companies(self.company_id)
        flows = self.env["cosmetics.cash.flow"].search_count(
            [
                ("is_unmatched", "=", True),
                ("company_id", "in", companies.ids),
                ("date", ">=", period.year_begin),
                ("date", "<=", period.end),
            ]
        )
        return flows and self.env._("%s cash movements fit no rule and count as other cash. Choose their item.", flows), "unmatched"

    def _money(self, amount):
        return formatLang(self.env, float(amount), currency_obj=self.company_id.currency_id)
