"""Collection period and payment period by month (应收周转天数, 应付周转天数)."""

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows

from ..tools.turnover import count_days, find_window, step_back
from .cosmetics_finance_due import ACCOUNT_TYPES
from .res_partner_credit import CHINA

# So many months are kept; those before the last two change no more and are only filled in once.
MONTHS_KEPT = 13
MONTHS_MOVING = 2
BILLING = {"receivable": "sale", "payable": "purchase"}


class CosmeticsFinanceTurnover(models.Model):
    """A month: what was open at its end, what was billed in the three months to it, and how many days that is.

    Amounts with tax, in the currency of the company. Stored each night, so that a graph of a year costs nothing.
    """

    _name = "cosmetics.finance.turnover"
    _description = "Collection Period"
    _order = "month desc, kind desc, id"
    _rec_name = "month"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(required=True, readonly=True)
    kind = fields.Selection([("receivable", "Customers (DSO)"), ("payable", "Vendors (DPO)")], required=True, readonly=True)
    balance = fields.Monetary(string="Open at the End", readonly=True, aggregator=None)
    billed = fields.Monetary(string="Billed in Three Months", readonly=True, aggregator=None)
    days = fields.Float(string="Days Outstanding", digits=(16, 1), readonly=True, aggregator="avg")

    _month_unique = models.UniqueIndex("(company_id, kind, month)")

    @api.model
    def _cron_fill(self):
        """Work out punctuality and periods of every company; what is done for one is kept when another fails."""
        companies = self.env["res.company"].search([("active", "=", True)])
        self.env["ir.cron"]._commit_progress(remaining=len(companies))
        for company in companies:
            self.env["cosmetics.finance.punctuality"]._fill(company)
            self._fill(company)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _fill(self, company):
        """Store the months that may have changed and those that are missing; runs in sudo."""
        hold_rows(company)
        today = fields.Date.context_today(self.with_context(tz=CHINA))
        known = {(one.month, one.kind): one for one in self.search([("company_id", "=", company.id)])}
        for back in range(MONTHS_KEPT):
            month = step_back(today.replace(day=1), back)
            for kind in ACCOUNT_TYPES:
                there = known.get((month, kind))
                if there and back >= MONTHS_MOVING:
                    continue
                vals = self._get_figures(company, kind, find_window(month, today))
                if there:
                    there.write(vals)
                else:
                    self.create({"company_id": company.id, "month": month, "kind": kind, **vals})

    @api.model
    def _get_figures(self, company, kind, window):
        """Return the values of a month: balance at its end, billed in its window, days."""
        sign = 1 if kind == "receivable" else -1
        domain = [
            ("parent_state", "=", "posted"), ("account_id.account_type", "=", ACCOUNT_TYPES[kind]), ("company_id", "=", company.id),
            ("date", "<=", window[1]),
        ]  # fmt: skip
        items = self.env["account.move.line"]
        ((balance,),) = items._read_group(domain, [], ["balance:sum"])
        billed_domain = [*domain, ("date", ">=", window[0]), ("journal_id.type", "=", BILLING[kind])]
        ((billed,),) = items._read_group(billed_domain, [], ["balance:sum"])
        balance, billed = sign * (balance or 0.0), sign * (billed or 0.0)
        return {"balance": balance, "billed": billed, "days": count_days(balance, billed, window)}
