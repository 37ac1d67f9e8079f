"""Books with entries of one's own making; prefix-wise, as the charts pad the codes."""

from unittest.mock import patch

from odoo import Command
from odoo.addons.cosmetics_base.tests.common import CosmeticsCommon


class StatementCommon(CosmeticsCommon):
    """A company of its own on a chart (`chart`), an accountant, a reader of the books, and two partners."""

    chart = "cn"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Test Books", "country_id": cls.env.ref("base.cn").id})
        cls.env["account.chart.template"].try_loading(cls.chart, cls.company, install_demo=False)
        companies = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.accountant = cls._create_user("statement_accountant", "cosmetics_finance.group_accountant", **companies)
        cls.reader = cls._create_user("statement_reader", "account.group_account_readonly", **companies)
        cls.accountant.tz = cls.reader.tz = "Asia/Shanghai"
        cls.books = cls.env(user=cls.accountant, context={**cls.env.context, "lang": "en_US", "allowed_company_ids": cls.company.ids})
        accounts = cls.books["account.account"].search([("company_ids", "in", cls.company.ids)])
        cls.accounts = {account.code: account for account in accounts}
        cls.partner = cls.env["res.partner"].create({"name": "Test Customer", "company_id": cls.company.id})
        cls.other = cls.env["res.partner"].create({"name": "Test Supplier", "company_id": cls.company.id})
        journals = cls.books["account.journal"].search([("company_id", "=", cls.company.id)])
        cls.journal = journals.filtered(lambda journal: journal.type == "general")[:1]
        cls.bank_journal = journals.filtered(lambda journal: journal.type == "bank")[:1]

    @classmethod
    def _find_account(cls, prefix):
        """Return the first account whose code begins so."""
        return cls.accounts[min(code for code in cls.accounts if code.startswith(prefix))]

    @classmethod
    def _prepare_entry(cls, day, *lines):
        """Return the values of an entry; a line is (prefix, balance) or (prefix, balance, partner)."""
        values = [
            Command.create(
                {
                    "account_id": cls._find_account(prefix).id,
                    "balance": balance,
                    "partner_id": rest[0].id if rest else False,
                    "name": prefix,
                }
            )
            for prefix, balance, *rest in lines
        ]
        return {"move_type": "entry", "date": day, "journal_id": cls.journal.id, "line_ids": values}

    @classmethod
    def _enter(cls, day, *lines):
        """Post an entry as the accountant."""
        move = cls.books["account.move"].create(cls._prepare_entry(day, *lines))
        move.action_post()
        return move

    @classmethod
    def _create_report(cls, kind, user=None, **vals):
        """Return a statement on the screen: May 2026 unless `vals` say otherwise, for the reader of the books."""
        reports = cls.env["cosmetics.statement.report"].with_user(user or cls.reader).with_context(allowed_company_ids=cls.company.ids)
        return reports.with_company(cls.company).create(
            {"kind": kind, "company_id": cls.company.id, "period_kind": "month", "year": "2026", "month": "5", **vals}
        )

    def _count_sums(self, act):
        """Return how often an act sums up the books of a company."""
        statements = type(self.env["cosmetics.statement"])
        with patch.object(statements, "_get_balances", autospec=True, side_effect=statements._get_balances) as sums:
            act()
        return sums.call_count

    @classmethod
    def _get_amounts(cls, kind, *codes, **vals):
        """Return the amounts of rows in the first column, as text."""
        figures = cls._create_report(kind, **vals)._get_figures()[0]
        return [f"{figures[code][0]:.2f}" for code in codes]
