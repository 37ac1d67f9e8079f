"""Lists and labels for many records are one document."""

from odoo import models


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """Print the reports that are one document in one piece.

        Core prints each record by itself, cuts the file and puts it together again: for 200 labels that takes a minute more.
        Its report gets the records' ids in ``data`` (``whole_ids``) instead.
        """
        if res_ids and self._is_one_document(report_ref):
            return super()._render_qweb_pdf_prepare_streams(report_ref, {**(data or {}), "whole_ids": list(res_ids)})
        return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)

    def get_paperformat(self):
        """Labels have the size that the company chose, where the printing engine does not take the size from the label itself."""
        if self.report_name in ("cosmetics_sales.report_express_label", "cosmetics_sales.report_express_label_order"):
            return self.env.ref(f"cosmetics_sales.paperformat_express_label_{self.env.company.label_size}")
        return super().get_paperformat()

    def _is_one_document(self, report_ref):
        """Tell if a report shows all its records on the same pages."""
        model = self.env.get(f"report.{self._get_report(report_ref).sudo().report_name}")
        return model is not None and getattr(model, "_is_one_document", False)
