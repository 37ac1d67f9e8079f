from decimal import Decimal

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL


class CosmeticsStatement(models.Model):
    """The figures: a grouped query over the posted journal items of a company and its branches for each statement."""

    _inherit = "cosmetics.statement"

    @api.model
    def _check_reader(self, company):
        """The figures come by SQL: only who may read all journal items of the company and its branches may see them."""
        self.env["account.move.line"].check_access("read")
        self.env["account.account"].check_access("read")
        if foreign := self._get_companies(company) - self.env.user.company_ids:
            raise AccessError(
                self.env._(
                    "The statements hold the books of %(company)s, which you may not read.", company=", ".join(foreign.mapped("name"))
                )
            )

    @api.model
    def _get_companies(self, company):
        """Return the company with its branches: one set of books, one taxpayer."""
        # The branches count whether or not the user may open them: _check_reader() says what is missing.
        companies = branches = company.sudo()
        while branches := branches.child_ids:
            companies |= branches
        return companies

    @api.model
    def _get_codes(self, company):
        """Return {account id: code} of all accounts of the company's chart, archived ones too."""
        root = str(company.root_id.id)
        self.env["account.account"].flush_model(["code_store"])
        rows = self.env.execute_query(
            SQL("SELECT id, code_store ->> %s FROM account_account WHERE code_store ->> %s IS NOT NULL", root, root)
        )
        return dict(rows)

    def _get_figures(self, company, spans):
        """Return ({row code: [Decimal of each span]}, {account code: [Decimal]} of accounts no row has).

        :param spans: list of (first day or None, last day), both included
        """
        self.ensure_one()
        self._check_reader(company)
        definition, codes = self._get_definition(), self._get_codes(company)
        if self.kind == "cash_flow":
            return self.env["cosmetics.cash.flow"]._get_figures(self, company, spans), {}
        balances = self._get_balances(company, spans, definition, codes)
        if self.kind == "income":
            balances = [balance for balance in balances if self._is_result(balance[0])]
        return definition.compute(balances, len(spans))

    def _get_balances(self, company, spans, definition, codes):
        """Return [(account code, partner id or None, [balance of each span])] of posted items in company currency."""
        divided = tuple(account for account, code in codes.items() if definition.is_by_partner(code)) or (0,)
        sums = [
            SQL(
                "COALESCE(SUM(line.balance) FILTER (WHERE line.date <= %s AND (%s::date IS NULL OR line.date >= %s)), 0)::text",
                end,
                begin,
                begin,
            )
            for begin, end in spans
        ]
        begins = [begin for begin, _end in spans]
        begin = None if None in begins else min(begins)
        self.env["account.move.line"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.account_id, CASE WHEN line.account_id IN %s THEN line.partner_id END AS partner, %s
                  FROM account_move_line line
                 WHERE line.company_id IN %s AND line.parent_state = 'posted' AND line.account_id IS NOT NULL
                   AND line.date <= %s AND (%s::date IS NULL OR line.date >= %s) AND %s
                 GROUP BY line.account_id, partner
                """,
                divided,
                SQL(", ").join(sums),
                tuple(self._get_companies(company).ids),
                max(end for _begin, end in spans),
                begin,
                begin,
                self._get_closing_sql(codes) if self.kind == "income" else SQL("TRUE"),
            )
        )
        return [(codes.get(account), partner, [Decimal(amount) for amount in amounts]) for account, partner, *amounts in rows]

    def _get_closing_sql(self, codes):
        """Return the condition that leaves out closing entries (结转本年利润), made by us or by hand."""
        accounts = self._get_profit_account_ids(codes)
        return SQL(
            "NOT EXISTS (SELECT 1 FROM account_move_line profit WHERE profit.move_id = line.move_id AND profit.account_id IN %s)",
            tuple(accounts) or (0,),
        )

    def _is_result(self, code):
        """Return whether an account holds income or expenses of the year, row or not."""
        results, corrections = (tuple((text or "").split()) for text in (self.result_accounts, self.correction_accounts))
        return bool(results) and (code or "").startswith(results) and not (corrections and code.startswith(corrections))

    def _get_profit_account_ids(self, codes):
        prefixes = tuple((self.profit_accounts or "").split())
        return [account for account, code in codes.items() if prefixes and code.startswith(prefixes)]
