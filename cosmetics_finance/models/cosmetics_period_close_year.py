from odoo import Command, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools.period import make_period


class CosmeticsPeriodClose(models.Model):
    """结转本年利润: the entry that moves income and expenses of a year to the profit of the year.

    Optional: Odoo carries profits forward without it, and the statements are the same with and without.
    """

    _inherit = "cosmetics.period.close"

    def action_close_year(self):
        """Make the closing entry of the year as a draft and open it."""
        self.ensure_one()
        self._check_open(self.company_id, self.date_end)
        move = self.env["account.move"].create(self._prepare_year_entry())
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": move.id,
            "view_mode": "form",
            "name": self.env._("Closing Entry of the Year"),
        }

    def _prepare_year_entry(self):
        """Return the values of the closing entry: what stands on each account of income and expense, to the profit of the year."""
        company = self.company_id
        statement = self.env["cosmetics.statement"]._get_of_company(company, "income")
        statement._check_reader(company)
        codes = statement._get_codes(company)
        profits = sorted(statement._get_profit_account_ids(codes), key=codes.get)
        sums = self._sum_results(statement, codes)
        if not sums or not profits:
            raise UserError(self.env._("Nothing is left on the accounts of income and expense in this year: there is nothing to close."))
        name = self.env._("Profit of the year %s", self.year)
        lines = [(account, -amount) for account, amount in sums] + [(profits[0], sum(amount for _account, amount in sums))]
        journal = self.env["account.journal"].search([("company_id", "=", company.id), ("type", "=", "general")], limit=1)
        return {
            "move_type": "entry",
            "date": self.date_end,
            "journal_id": journal.id,
            "ref": name,
            "line_ids": [
                Command.create({"account_id": account, "balance": float(amount), "name": name}) for account, amount in lines if amount
            ],
        }

    def _sum_results(self, statement, codes):
        """Return [(account id, balance)] of income and expenses of the year, less what is closed already."""
        period = make_period("year", int(self.year), 12)
        prefixes = tuple((statement.result_accounts or "").split())
        accounts = tuple(account for account, code in codes.items() if prefixes and code.startswith(prefixes)) or (0,)
        self.env["account.move.line"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT account_id, round(SUM(balance), %s) FROM account_move_line WHERE account_id IN %s AND company_id = %s"
                " AND parent_state = 'posted' AND date BETWEEN %s AND %s GROUP BY account_id"
                " HAVING round(SUM(balance), %s) <> 0 ORDER BY 1",
                self.company_id.currency_id.decimal_places,
                accounts,
                self.company_id.id,
                period.begin,
                self.date_end,
                self.company_id.currency_id.decimal_places,
            )
        )
        return [(account, self.company_id.currency_id.round(amount)) for account, amount in rows]
