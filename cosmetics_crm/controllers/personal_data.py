"""The copy of personal data a member may ask for, as a file."""

import io
import json

import xlsxwriter
from odoo.http import Controller, content_disposition, request, route

# Sheet names of Excel: 31 characters, without these.
FORBIDDEN = str.maketrans("", "", "[]:*?/\\")


class PersonalData(Controller):
    @route("/cosmetics/member/<int:member_id>/personal-data.<string:kind>", type="http", auth="user", methods=["GET"], readonly=False)
    def personal_data(self, member_id, kind):
        """Return the file (json or xlsx) and keep who took it; only for member managers, only for members they see."""
        member = request.env["res.partner"].browse(member_id).exists()
        if not member or kind not in ("json", "xlsx"):
            raise request.not_found()
        member._check_is_manager()
        member.check_access("read")
        data = member._get_personal_data()
        # sudo: the log belongs to nobody who is in it.
        request.env["cosmetics.member.access"].sudo().create({"partner_id": member.id, "kind": "copy", "user_id": request.env.uid})
        body, mime = (as_json(data), "application/json") if kind == "json" else (as_xlsx(data), "application/vnd.ms-excel")
        name = f"{member.member_number or member.id}.{kind}"
        return request.make_response(body, [("Content-Type", mime), ("Content-Disposition", content_disposition(name))])


def as_json(data):
    """Return the data as JSON in UTF-8."""
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def as_xlsx(data):
    """Return the data as a workbook, a sheet for each heading; texts stay texts, also those that begin like a formula."""
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        for heading, rows in data.items():
            sheet = book.add_worksheet(heading.translate(FORBIDDEN)[:31])
            sheet.write_row(0, 0, list(rows[0]) if rows else [], bold)
            for number, row in enumerate(rows, start=1):
                sheet.write_row(number, 0, list(row.values()))
    return output.getvalue()
