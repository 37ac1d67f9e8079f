"""The receipt: entering batches, and the inspection records it made."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class StockPicking(models.Model):
    _inherit = "stock.picking"

    inspection_record_ids = fields.One2many("cosmetics.inspection.record", "picking_id", string="Inspection Records")
    inspection_record_count = fields.Integer(compute="_compute_inspection_record_count")
    can_enter_batches = fields.Boolean(compute="_compute_can_enter_batches")

    def _compute_inspection_record_count(self):
        counts = dict(self.env["cosmetics.inspection.record"]._read_group([("picking_id", "in", self.ids)], ["picking_id"], ["__count"]))
        for picking in self:
            picking.inspection_record_count = counts.get(picking, 0)

    @api.depends("state", "location_id.usage", "location_dest_id.usage", "move_ids.has_tracking")
    def _compute_can_enter_batches(self):
        for picking in self:
            picking.can_enter_batches = (
                picking.state not in ("done", "cancel")
                and picking.location_id.usage == "supplier"
                and picking.location_dest_id.usage == "internal"
            )

    def action_enter_batches(self):
        """Open the grid in which the batches of a receipt are typed, pasted or scanned."""
        self.ensure_one()
        self.check_access("write")
        if not self.can_enter_batches:
            raise UserError(
                self.env._("Batches are entered on open receipts from suppliers. This transfer is done, cancelled or of another kind.")
            )
        if self.state == "draft":
            self.action_confirm()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Enter Batches"),
            "res_model": "cosmetics.receipt.grid",
            "view_mode": "form",
            "target": "new",
            "context": {"default_picking_id": self.id, "dialog_size": "extra-large"},
        }

    def action_view_inspection_records(self):
        """Open the inspection records of the receipt; record rules decide which the user sees."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory.cosmetics_inspection_record_action")
        return {**action, "domain": [("picking_id", "=", self.id)], "context": {}}
