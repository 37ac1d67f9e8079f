"""The picking list of chosen orders."""

from odoo import api, models


class ReportPickingListOrder(models.AbstractModel):
    _name = "report.cosmetics_sales.report_picking_list_order"
    _inherit = "report.cosmetics_sales.report_picking_list"
    _description = "Picking List of Orders"

    @api.model
    def _get_report_values(self, docids, data=None):
        orders = self.env["sale.order"].browse(docids or (data or {}).get("whole_ids"))
        orders.check_access("read")
        return self._get_list_values(orders.picking_ids.filtered(lambda picking: picking.picking_type_code == "outgoing"))
