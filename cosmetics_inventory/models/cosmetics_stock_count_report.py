"""The differences of a count on paper and as a sheet: one set of rows for both."""

from odoo import models
from odoo.tools import format_datetime


class CosmeticsStockCount(models.Model):
    _inherit = "cosmetics.stock.count"

    def action_export_differences(self):
        """Download the differences as a workbook."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/cosmetics/stock-count/{self.id}/differences.xlsx", "target": "download"}

    def _get_difference_sheet(self):
        """Return what the report and the workbook show.

        :return: dict of facts (list of (name, text)), columns (list of (name, whether it is a number)) and rows (lists of values in
            the order of the columns; numbers in the unit of the product, values in the currency of the company)
        :raises AccessError: for whoever may not see what the books say
        """
        self.ensure_one()
        self.check_access("read")
        self.env["cosmetics.stock.count.line"]._check_field_access(self.line_ids._fields["book_quantity"], "read")
        lines = self.line_ids.filtered("difference_quantity").sorted(lambda line: (line.location_id.complete_name, line.id))
        return {
            "facts": self._get_sheet_facts(),
            "columns": [
                (self.env._("Location"), False),
                (self.env._("Product"), False),
                (self.env._("Batch"), False),
                (self.env._("Use-by Date"), False),
                (self.env._("Book"), True),
                (self.env._("Moved"), True),
                (self.env._("Counted"), True),
                (self.env._("Difference"), True),
                (self.env._("Difference Value"), True),
                (self.env._("Reason"), False),
                (self.env._("Counted by"), False),
            ],
            "rows": [line._get_sheet_row() for line in lines],
        }

    def _get_sheet_facts(self):
        """Return the head of the sheet, as (name, text)."""
        return [
            (self.env._("Number"), self.name),
            (self.env._("Warehouse"), self.warehouse_id.name),
            (self.env._("Frozen at"), self.started_at and format_datetime(self.env, self.started_at) or ""),
            (self.env._("Started by"), self.started_by_id.name or ""),
            (self.env._("Lines"), str(self.line_count)),
            (self.env._("Differences"), f"{self.difference_count}（{self.currency_id.format(self.difference_value or 0.0)}）"),
            (self.env._("Posted at"), self.posted_at and format_datetime(self.env, self.posted_at) or ""),
            (self.env._("Approved by"), self.approved_by_id.name or ""),
        ]

    def _format_cell(self, value, is_number):
        """Return a cell as it is printed."""
        if not is_number:
            return value
        return f"{value:,.2f}".rstrip("0").rstrip(".") if value else "0"
