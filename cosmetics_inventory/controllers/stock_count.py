"""The differences of a count as a workbook."""

import io

import xlsxwriter
from odoo.http import Controller, content_disposition, request, route

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class StockCount(Controller):
    @route("/cosmetics/stock-count/<int:count_id>/differences.xlsx", type="http", auth="user", methods=["GET"])
    def differences(self, count_id):
        """Return the workbook of a count the user may see; whoever may not see the books is refused."""
        count = request.env["cosmetics.stock.count"].browse(count_id).exists()
        if not count:
            raise request.not_found()
        body = as_workbook(count.name, count._get_difference_sheet(), request.env._("Total"))
        name = f"{count.name.replace('/', '-')}.xlsx"
        return request.make_response(body, [("Content-Type", MIME), ("Content-Disposition", content_disposition(name))])


def as_workbook(title, sheet, total):
    """Return the sheet of `_get_difference_sheet` as a workbook; texts stay texts, also those that begin like a formula.

    :param str total: the word in front of the sums
    """
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        page = book.add_worksheet(title.replace("/", "-")[:31])
        for number, fact in enumerate(sheet["facts"]):
            page.write_row(number, 0, fact)
        top = len(sheet["facts"]) + 1
        page.write_row(top, 0, [name for name, _is_number in sheet["columns"]], bold)
        for number, row in enumerate(sheet["rows"], start=top + 1):
            for column, value in enumerate(row):
                page.write(number, column, value, money if sheet["columns"][column][1] else None)
        bottom = top + 1 + len(sheet["rows"])
        page.write(bottom, 0, total, bold)
        for column, (_name, is_number) in enumerate(sheet["columns"]):
            if is_number:
                page.write_number(bottom, column, sum(row[column] for row in sheet["rows"]), money)
        page.set_column(0, 2, 28)
        page.set_column(3, len(sheet["columns"]), 14)
        page.freeze_panes(top + 1, 0)
    return output.getvalue()
