from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.statement import parse_accounts, parse_total


class CosmeticsStatementReport(models.TransientModel):
    """From an amount or a warning on the page to the journal items behind it."""

    _inherit = "cosmetics.statement.report"

    def action_open_items(self, code, column):
        """Open the journal items behind the amount of a row in a column (counted from 0)."""
        self.ensure_one()
        statement = self._get_statement()
        statement._check_reader(self.company_id)
        columns = self._get_columns()
        row = statement.row_ids.filtered(lambda row: row.code == code)
        if not row or column not in range(len(columns)):
            raise UserError(self.env._("There is no such amount on this statement. Load the page again."))
        begin, end = columns[column][1]
        find = self._get_cash_domain if self.kind == "cash_flow" else self._get_account_domain
        return self._prepare_items_action(f"{row.name} {columns[column][0]}", find(statement, row, begin, end))

    def action_open_warning(self, subject):
        """Open what a warning of the page is about."""
        self.ensure_one()
        statement = self._get_statement("income")
        statement._check_reader(self.company_id)
        period = self._get_period()
        if subject == "drafts":
            action = self.env["ir.actions.act_window"]._for_xml_id("account.action_move_journal_line")
            return {**action, "domain": self._get_draft_domain(), "context": {}}
        if subject == "waiting":
            accounts = self._get_waiting_accounts()
            domain = self._get_period_domain(None, period.end) & Domain("account_id", "in", accounts.ids) & Domain("reconciled", "=", False)
            return self._prepare_items_action(self.env._("Money on Its Way"), domain)
        if subject == "unmatched":
            flows = Domain("is_unmatched", "=", True) & Domain("date", ">=", period.year_begin) & Domain("date", "<=", period.end)
            domain = self._get_period_domain(None, period.end) & Domain("move_id.cash_flow_ids", "any", flows)
            domain &= Domain("account_id", "in", self._get_cash_account_ids())
            return self._prepare_items_action(self.env._("Cash Movements without a Rule"), domain)
        facts = self._get_facts()
        codes = {*facts["balance"][1], *facts["income"][1]}
        accounts = [account for account, code in statement._get_codes(self.company_id).items() if code in codes]
        domain = self._get_period_domain(None, period.end) & Domain("account_id", "in", accounts)
        return self._prepare_items_action(self.env._("Accounts without a Row"), domain)

    # ------------------------------------------------------------------ what is behind a row
    def _prepare_items_action(self, name, domain):
        views = [(self.env.ref("cosmetics_finance.account_move_line_view_list_statement").id, "list"), (False, "form")]
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "views": views,
            "domain": list(domain),
            "context": {"create": False},
        }

    def _get_period_domain(self, begin, end):
        companies = self.env["cosmetics.statement"]._get_companies(self.company_id)
        domain = Domain("parent_state", "=", "posted") & Domain("company_id", "in", companies.ids) & Domain("date", "<=", end)
        return domain & Domain("date", ">=", begin) if begin else domain

    def _get_leaves(self, statement, row):
        """Return the rows a row is made of: itself, or the rows of its total down to the last."""
        if row.kind != "total":
            return row
        codes = {code for _sign, code in parse_total(row.total)}
        parts = statement.row_ids.filtered(lambda part: part.code in codes)
        return parts.browse().union(*(self._get_leaves(statement, part) for part in parts))

    def _get_account_domain(self, statement, row, begin, end):
        """Return the domain of a row of a balance sheet or income statement; of a divided account, the partners on this side."""
        leaves = self._get_leaves(statement, row)
        codes = statement._get_codes(self.company_id)
        definition = statement._get_definition()
        wholes, sides = [], []
        for leaf in leaves:
            parts = parse_accounts(leaf.accounts)
            for account, code in codes.items():
                if (
                    leaf.kind == "of_which"
                    and code.startswith(tuple(part.prefix for part in parts) or ("-",))
                    or leaf.kind == "amount"
                    and definition.places.get(definition.find(code), {}).get("") == leaf.code
                ):
                    wholes.append(account)
            sides += [part for part in parts if leaf.kind == "amount" and part.side]
        found = Domain("account_id", "in", wholes) | self._get_sides_domain(statement, definition, sides, codes, (begin, end))
        domain = self._get_period_domain(begin, end) & found
        if self.kind == "income":
            profits = statement._get_profit_account_ids(codes)
            domain &= ~Domain("move_id.line_ids", "any", Domain("account_id", "in", profits))
        return domain

    def _get_sides_domain(self, statement, definition, parts, codes, span):
        """Return the domain of the items behind parts of divided accounts; the books are summed once for all of them."""
        balances = statement._get_balances(self.company_id, [span], definition, codes) if parts else []
        return Domain.OR(self._get_side_domain(definition, part, codes, balances) for part in parts)

    def _get_side_domain(self, definition, part, codes, balances):
        """Return the domain of a divided account: its items when the balance stands on this side, partner by partner if so said."""
        sums = {}
        for code, partner, (amount,) in balances:
            if definition.find(code) == part.prefix:
                key = partner if part.by_partner else None
                sums[key] = sums.get(key, 0) + amount
        keys = [key for key, amount in sums.items() if (amount > 0 if part.side == "D" else amount < 0)]
        if not keys:
            return Domain.FALSE
        domain = Domain("account_id", "in", [account for account, code in codes.items() if definition.find(code) == part.prefix])
        # "in" with False finds the items without a partner.
        return domain & Domain("partner_id", "in", [key or False for key in keys]) if part.by_partner else domain

    def _get_cash_account_ids(self):
        codes = self.env["cosmetics.statement"]._get_codes(self.company_id)
        return self.env["cosmetics.cash.flow"]._get_cash_accounts(self.company_id, codes)

    def _get_cash_domain(self, statement, row, begin, end):
        """Return the domain of a row of the cash-flow statement: the cash lines of its entries, or all cash for a balance."""
        self.env["cosmetics.cash.flow"]._fill(statement, self.company_id, end)
        cash = Domain("account_id", "in", self._get_cash_account_ids())
        leaves = self._get_leaves(statement, row)
        if row.role == "opening_cash":
            before = Domain("date", "<", begin)
            return before & Domain("parent_state", "=", "posted") & cash & self._get_period_domain(None, end)
        if row.role == "closing_cash":
            return self._get_period_domain(None, end) & cash
        flows = Domain("row_id", "in", leaves.ids) & Domain("date", ">=", begin) & Domain("date", "<=", end)
        return self._get_period_domain(begin, end) & cash & Domain("move_id.cash_flow_ids", "any", flows)
