"""The labels of chosen orders."""

from odoo import api, models


class ReportExpressLabelOrder(models.AbstractModel):
    _name = "report.cosmetics_sales.report_express_label_order"
    _inherit = "report.cosmetics_sales.report_express_label"
    _description = "Express Labels of Orders"

    @api.model
    def _get_report_values(self, docids, data=None):
        orders = self.env["sale.order"].browse(docids or (data or {}).get("whole_ids"))
        orders.check_access("read")
        return self._get_label_values(orders.picking_ids.filtered(lambda picking: picking.picking_type_code == "outgoing"))
