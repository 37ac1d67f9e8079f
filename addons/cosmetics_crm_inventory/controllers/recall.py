"""The list of buyers who were not reached, as a spreadsheet."""

import io

import xlsxwriter
from odoo.http import Controller, content_disposition, request, route

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RecallExport(Controller):
    @route("/cosmetics/recall/<int:recall_id>/not-reached.xlsx", type="http", auth="user", methods=["GET"], readonly=False)
    def not_reached(self, recall_id):
        """Return the list for who runs the recall; that it was taken stands in the history of the recall."""
        recall = request.env["cosmetics.recall"].browse(recall_id).exists()
        if not recall:
            raise request.not_found()
        recall._check_may_export()
        rows = recall._get_unreached_rows()
        recall.message_post(body=recall.env._("The list of %s lines of buyers who were not reached was downloaded.", len(rows) - 1))
        name = f"{recall.name.replace('/', '-')}.xlsx"
        headers = [("Content-Type", MIME), ("Content-Disposition", content_disposition(name))]
        return request.make_response(as_xlsx(rows), headers)


def as_xlsx(rows):
    """Return rows as a workbook of one sheet, the first row in bold; texts stay texts, also those that begin like a formula."""
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row, None if number else book.add_format({"bold": True}))
        sheet.autofit()
    return output.getvalue()
