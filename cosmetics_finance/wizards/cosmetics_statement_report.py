from odoo import api, fields, models

from ..tools.period import MONTH_CHOICES, make_period


class CosmeticsStatementReport(models.TransientModel):
    """A statement on the screen: what is chosen above, the form below."""

    _name = "cosmetics.statement.report"
    _description = "Statutory Statement on the Screen"

    kind = fields.Selection(
        [("balance", "Balance Sheet"), ("income", "Income Statement"), ("cash_flow", "Cash-Flow Statement")],
        required=True,
        default="balance",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, domain="[('id', 'in', allowed_company_ids)]"
    )
    period_kind = fields.Selection(
        [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")], string="Period", required=True, default="month"
    )
    year = fields.Selection(selection="_get_years", required=True, default=lambda self: str(fields.Date.context_today(self).year))
    month = fields.Selection(MONTH_CHOICES, required=True, default=lambda self: str(fields.Date.context_today(self).month))
    quarter = fields.Selection(
        [("1", "Q1"), ("2", "Q2"), ("3", "Q3"), ("4", "Q4")],
        required=True,
        default=lambda self: str((fields.Date.context_today(self).month + 2) // 3),
    )
    has_comparison = fields.Boolean(string="Compare with Last Year")
    page = fields.Html(compute="_compute_page", sanitize=False)

    @api.model
    def _get_years(self):
        """Return the years from the first posted entry to the current one."""
        this_year = fields.Date.context_today(self).year
        first = self.env["account.move.line"].search([("parent_state", "=", "posted")], order="date", limit=1).date
        return [(str(year), str(year)) for year in range(this_year, min(first.year if first else this_year, this_year - 1) - 1, -1)]

    @api.depends("kind", "company_id", "period_kind", "year", "month", "quarter", "has_comparison")
    def _compute_page(self):
        for report in self:
            facts = report._get_facts()
            sheet = report._get_sheet(facts[report.kind][0])
            values = {"sheet": sheet, "checks": report._get_checks(facts), "warnings": report._get_warnings(facts)}
            report.page = report.env["ir.qweb"]._render("cosmetics_finance.statement_page", {**values, "is_screen": True})

    @api.depends("kind")
    def _compute_display_name(self):
        for report in self:
            report.display_name = dict(self._fields["kind"]._description_selection(self.env))[report.kind]

    # ------------------------------------------------------------------ actions
    def action_print(self):
        """Print the official form as PDF."""
        return self.env.ref("cosmetics_finance.cosmetics_statement_report_action_pdf").report_action(self)

    def action_export(self):
        """Download the form as a spreadsheet with numbers as numbers."""
        return self.env.ref("cosmetics_finance.cosmetics_statement_report_action_xlsx").report_action(self)

    # ------------------------------------------------------------------ what is asked for
    def _get_period(self):
        self.ensure_one()
        month = {"month": int(self.month), "quarter": int(self.quarter) * 3, "year": 12}[self.period_kind]
        return make_period(self.period_kind, int(self.year), month)

    def _get_statement(self, kind=None):
        return self.env["cosmetics.statement"]._get_of_company(self.company_id, kind or self.kind)

    def _get_columns(self):
        """Return [(heading, (first day or None, last day))] of the chosen statement, as its form has them."""
        period = self._get_period()
        before = period.last_year()
        if self.kind == "balance":
            columns = self._get_balance_columns(period)
            return columns + ([(self.env._("Same Day Last Year"), (None, before.end))] if self.has_comparison else [])
        this, year = self._get_heading(), (period.year_begin, period.end)
        if self._get_statement().chart != "cn":
            last = self.env._("Amount of Last Period")
            columns = [(self.env._("Amount of This Period"), (period.begin, period.end)), (last, (before.begin, before.end))]
            more = [(self.env._("Cumulative This Year"), year), (self.env._("Cumulative Last Year"), (before.year_begin, before.end))]
        elif self.period_kind == "year":
            # The notes to the forms: in the statement of a year the column of the month becomes the one of last year.
            return [(self.env._("Cumulative This Year"), year), (self.env._("Amount of Last Year"), (before.begin, before.end))]
        else:
            columns = [(self.env._("Cumulative This Year"), year), (this, (period.begin, period.end))]
            more = [
                (self.env._("Cumulative Last Year"), (before.year_begin, before.end)),
                (self.env._("Same Period Last Year"), (before.begin, before.end)),
            ]
        return columns + (more if self.has_comparison else [])

    def _get_balance_columns(self, period):
        is_small = self._get_statement().chart == "cn"
        opening = self.env._("Opening Balance of the Year") if is_small else self.env._("Closing Balance of Last Year")
        return [(self.env._("Closing Balance"), (None, period.end)), (opening, (None, period.opening))]

    def _get_heading(self):
        return self.env._("Amount of This Month") if self.period_kind == "month" else self.env._("Amount of This Quarter")

    def _get_figures(self, kind=None, spans=None):
        """Return ({row code: [Decimal]}, {account code: [Decimal]} without a row) of a statement for days or those chosen."""
        spans = spans or [span for _heading, span in self._get_columns()]
        return self._get_statement(kind)._get_figures(self.company_id, spans)
