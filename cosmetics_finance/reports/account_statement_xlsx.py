from odoo import models


class ReportAccountStatementXlsx(models.AbstractModel):
    """Statements of account as a spreadsheet, a sheet for each, numbers as numbers."""

    _name = "report.cosmetics_finance.account_statement_xlsx"
    _inherit = "report.report_xlsx.abstract"
    _description = "Statements of Account as a Spreadsheet"

    def generate_xlsx_report(self, workbook, data, objs):
        """Write a sheet for each statement, named by its number."""
        styles = self._get_styles(workbook)
        for statement in objs:
            localized = statement.with_context(lang=statement._get_language())
            self.with_context(lang=statement._get_language())._write_statement(workbook.add_worksheet(statement.name), localized, styles)

    def _write_statement(self, page, statement, styles):
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        for column, width in enumerate((12, 22, 24, 12, 16, 16, 16)):
            page.set_column(column, column, width)
        page.merge_range(0, 0, 0, 6, self.env._("Statement of Account"), styles["title"])
        page.write(1, 0, self.env._("To: %s", statement.partner_id.name))
        page.write(1, 4, self.env._("Number: %s", statement.name))
        page.write(2, 0, self.env._("From: %s", statement.company_id.name))
        page.write(2, 4, self.env._("Period: %(begin)s to %(end)s", begin=statement.date_begin, end=statement.date_end))
        for column, heading in enumerate(self._get_headings()):
            page.write(3, column, heading, styles["heading"])
        self._write_balance(page, 4, self.env._("Opening Balance"), statement.opening, styles)
        row = 5
        for line in statement.line_ids:
            self._write_line(page, row, line, styles)
            row += 1
        self._write_total(page, row, statement, styles)

    def _get_headings(self):
        fields = self.env["cosmetics.account.statement.line"].fields_get(
            ["date", "move_name", "ref", "document", "increase", "decrease", "balance"], ["string"]
        )
        return [fields[name]["string"] for name in ("date", "move_name", "ref", "document", "increase", "decrease", "balance")]

    def _write_balance(self, page, row, label, amount, styles):
        for column in range(1, 6):
            page.write_blank(row, column, None, styles["cell"])
        page.write(row, 0, label, styles["cell"])
        page.write_number(row, 6, amount, styles["amount"])

    def _write_line(self, page, row, line, styles):
        page.write_datetime(row, 0, line.date, styles["date"])
        kinds = dict(line._fields["document"]._description_selection(self.env))
        for column, text in enumerate((line.move_name, line.ref, kinds[line.document]), start=1):
            # A reference may begin with "=": it stays text.
            page.write_string(row, column, text or "", styles["cell"])
        for column, amount in enumerate((line.increase, line.decrease, line.balance), start=4):
            page.write_number(row, column, amount, styles["amount"])

    def _write_total(self, page, row, statement, styles):
        self._write_balance(page, row, self.env._("Closing Balance"), statement.closing, styles)
        page.write_number(row, 4, statement.increase, styles["amount"])
        page.write_number(row, 5, statement.decrease, styles["amount"])

    def _get_styles(self, workbook):
        box = {"font_name": "SimSun", "font_size": 10, "border": 1}
        kinds = {
            "title": {"font_name": "SimSun", "font_size": 16, "bold": True, "align": "center"},
            "heading": {**box, "bold": True, "align": "center"},
            "cell": box,
            "date": {**box, "num_format": "yyyy-mm-dd"},
            "amount": {**box, "num_format": "#,##0.00"},
        }
        return {name: workbook.add_format(style) for name, style in kinds.items()}
