from odoo import models


class CosmeticsStatementReport(models.TransientModel):
    """The form as data: what the page, the PDF and the spreadsheet lay out alike."""

    _inherit = "cosmetics.statement.report"

    def _get_sheet(self, figures=None):
        """Return the form as a dict: title, form, company, date, unit, columns, blocks (one, or two beside each other), signatures.

        A block is {"heading": str, "rows": [row or None]}; a row is {"code", "number", "name", "indent", "kind", "amounts": [Decimal]}.

        :param figures: {row code: [Decimal]} when they are known; their last columns are those of the form
        """
        self.ensure_one()
        statement = self._get_statement()
        columns = [heading for heading, _span in self._get_columns()]
        figures = figures or self._get_figures()[0]
        figures = {code: amounts[-len(columns) :] for code, amounts in figures.items()}
        return {
            "title": statement.name,
            "form": statement.form_code or "",
            "company": self.company_id.name,
            "date": self._get_date_text(),
            "unit": self.env._("Unit: %s", self._get_currency_name()),
            "columns": columns,
            "blocks": self._get_blocks(statement, figures),
            "has_numbers": any(statement.row_ids.mapped("number")),
            "signatures": [self.env._("Head of the Company:"), self.env._("Head of Finance:"), self.env._("Prepared by:")],
            "kind": self.kind,
            "labels": {"number": self.env._("Row No."), "company": self.env._("Prepared for: %s", self.company_id.name)},
        }

    def _in_company_language(self):
        """Return the record in the language of its company: the tax office reads it, whoever prints it."""
        self.ensure_one()
        return self.with_context(lang=self.company_id.partner_id.lang or self.env.lang)

    def _get_file_name(self):
        """Return the name of the printed or exported file, without its ending."""
        report = self._in_company_language()
        return f"{report._get_statement().name} {report._get_date_text()} {report.company_id.name}"

    def _get_currency_name(self):
        currency = self.company_id.currency_id
        return self.env._("Yuan") if currency.name == "CNY" else currency.name

    def _get_date_text(self):
        """Return the day of a balance sheet, the period of any other statement."""
        period = self._get_period()
        values = {"year": period.end.year, "month": period.end.month, "day": period.end.day, "quarter": self.quarter}
        if self.kind == "balance":
            return self.env._("Year %(year)s Month %(month)s Day %(day)s", **values)
        texts = {
            "month": self.env._("Year %(year)s Month %(month)s", **values),
            "quarter": self.env._("Year %(year)s Quarter %(quarter)s", **values),
            "year": self.env._("Year %(year)s", **values),
        }
        return texts[self.period_kind]

    def _get_blocks(self, statement, figures):
        rows = [self._prepare_sheet_row(row, figures) for row in statement.row_ids]
        if self.kind != "balance":
            return [{"heading": self.env._("Item"), "rows": rows}]
        sides = [[row for row in rows if row["side"] == side] for side in ("left", "right")]
        length = max(map(len, sides))
        return [
            {"heading": heading, "rows": self._fill_up(side, length)}
            for heading, side in zip((self.env._("Assets"), self.env._("Liabilities and Owners' Equity")), sides, strict=True)
        ]

    def _prepare_sheet_row(self, row, figures):
        return {
            "code": row.code,
            "number": row.number or "",
            "name": row.name,
            "indent": row.indent,
            "kind": row.kind,
            "side": row.page_side or "left",
            "amounts": figures.get(row.code, []),
        }

    def _fill_up(self, rows, length):
        """Put blank rows before the last heading, so that both sides of a balance sheet end in the same line."""
        place = max((index for index, row in enumerate(rows) if row["kind"] == "heading"), default=len(rows))
        return rows[:place] + [None] * (length - len(rows)) + rows[place:]
