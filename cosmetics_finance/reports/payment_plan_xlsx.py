from odoo import models

from ..tools.payment_plan import control_total, digits, plain


class ReportPaymentPlanXlsx(models.AbstractModel):
    """The transfers of a payment plan as a spreadsheet; account numbers are text, or a spreadsheet rounds them."""

    _name = "report.cosmetics_finance.payment_plan_xlsx"
    _inherit = "report.report_xlsx.abstract"
    _description = "Transfers of a Payment Plan as a Spreadsheet"

    def generate_xlsx_report(self, workbook, data, objs):
        """Write a sheet for each plan, with the control total in its last row."""
        bold, money = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "#,##0.00"})
        for plan in objs:
            plan._check_approval("approved", "done")
            page, transfers = workbook.add_worksheet(plan.name), plan._get_transfers()
            for column, (width, heading) in enumerate(zip((8, 30, 26, 26, 14, 40), plan._get_headings(), strict=True)):
                page.set_column(column, column, width)
                page.write_string(0, column, heading, bold)
            for row, transfer in enumerate(transfers, start=1):
                page.write_number(row, 0, row)
                texts = (plain(transfer.payee), digits(transfer.account_number), plain(transfer.bank))
                for column, text in enumerate(texts, start=1):
                    page.write_string(row, column, text)
                page.write_number(row, 4, float(transfer.amount), money)
                page.write_string(row, 5, plain(transfer.memo))
            last = len(transfers) + 1
            page.write_string(last, 0, self.env._("Total"), bold)
            page.write_number(last, 1, len(transfers))
            page.write_number(last, 4, float(control_total(transfers)), money)
