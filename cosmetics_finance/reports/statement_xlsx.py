from odoo import models

WIDTHS = {"name": 46, "number": 6, "amount": 18}
NUMBER = "#,##0.00"
# The official form leaves a row without an amount blank; the cell still holds the number 0.
QUIET = '#,##0.00;-#,##0.00;""'


class ReportStatementXlsx(models.AbstractModel):
    """The statement as a spreadsheet in the layout of the official form, numbers as numbers."""

    _name = "report.cosmetics_finance.statement_xlsx"
    _inherit = "report.report_xlsx.abstract"
    _description = "Statutory Statement as a Spreadsheet"

    def generate_xlsx_report(self, workbook, data, objs):
        """Write a sheet for each chosen statement."""
        for report in objs:
            sheet = report._in_company_language()._get_sheet()
            self._write_statement(workbook, workbook.add_worksheet(sheet["title"]), sheet)

    def _write_statement(self, workbook, page, sheet):
        styles = self._get_styles(workbook)
        block_width = 1 + sheet["has_numbers"] + len(sheet["columns"])
        last = block_width * len(sheet["blocks"]) - 1
        page.set_paper(9)
        page.fit_to_pages(1, 1)
        if len(sheet["blocks"]) > 1:
            page.set_landscape()
        page.merge_range(0, 0, 0, last, sheet["title"], styles["title"])
        page.write(1, last, sheet["form"], styles["right"])
        page.write(2, 0, sheet["labels"]["company"])
        page.write(2, last // 2, sheet["date"], styles["centre"])
        page.write(2, last, sheet["unit"], styles["right"])
        for index, block in enumerate(sheet["blocks"]):
            self._write_block(page, sheet, block, index * block_width, styles)
        end = 4 + max(len(block["rows"]) for block in sheet["blocks"])
        for index, signature in enumerate(sheet["signatures"]):
            page.write(end + 1, index * (last + 1) // len(sheet["signatures"]), signature)

    def _write_block(self, page, sheet, block, left, styles):
        headings = [block["heading"], *([sheet["labels"]["number"]] if sheet["has_numbers"] else []), *sheet["columns"]]
        first_amount = left + len(headings) - len(sheet["columns"])
        for offset, heading in enumerate(headings):
            page.write(3, left + offset, heading, styles["heading"])
        page.set_column(left, left, WIDTHS["name"])
        if sheet["has_numbers"]:
            page.set_column(left + 1, left + 1, WIDTHS["number"])
        page.set_column(first_amount, left + len(headings) - 1, WIDTHS["amount"])
        for line, row in enumerate(block["rows"], start=4):
            self._write_row(page, line, left, first_amount, len(sheet["columns"]), row, styles)

    def _write_row(self, page, line, left, first_amount, columns, row, styles):
        for place in range(left, first_amount + columns):
            page.write_blank(line, place, None, styles["cell"])
        if not row:
            return
        is_strong = row["kind"] in ("heading", "total")
        page.write(line, left, "　" * row["indent"] + row["name"], styles["strong" if is_strong else "cell"])
        if first_amount > left + 1 and row["number"]:
            page.write(line, left + 1, int(row["number"]) if row["number"].isdigit() else row["number"], styles["number"])
        for index, amount in enumerate(row["amounts"]):
            page.write_number(line, first_amount + index, float(amount), styles["total" if row["kind"] == "total" else "amount"])

    def _get_styles(self, workbook):
        font = {"font_name": "SimSun", "font_size": 10}
        box = {**font, "border": 1}
        kinds = {
            "title": {**font, "font_size": 16, "bold": True, "align": "center"},
            "right": {**font, "align": "right"},
            "centre": {**font, "align": "center"},
            "heading": {**box, "bold": True, "align": "center"},
            "cell": box,
            "strong": {**box, "bold": True},
            "number": {**box, "align": "center"},
            "amount": {**box, "num_format": QUIET},
            "total": {**box, "bold": True, "num_format": NUMBER},
        }
        return {name: workbook.add_format(style) for name, style in kinds.items()}
