from odoo import api, fields, models


class CosmeticsLotQuality(models.TransientModel):
    """Asks why batches are quarantined, released or rejected."""

    _name = "cosmetics.lot.quality"
    _description = "Change the Quality of Batches"

    lot_ids = fields.Many2many("stock.lot", string="Batches", required=True)
    state = fields.Selection(
        [("quarantine", "Quarantine"), ("released", "Release"), ("rejected", "Reject")],
        string="Decision",
        required=True,
        default="quarantine",
    )
    reason = fields.Char(required=True)

    @api.model
    def default_get(self, fields):
        vals = super().default_get(fields)
        if "lot_ids" in fields and not vals.get("lot_ids") and self.env.context.get("active_model") == "stock.lot":
            vals["lot_ids"] = self.env.context.get("active_ids", [])
        return vals

    def action_confirm(self):
        """Change the batches; rights and log are those of the batch."""
        self.ensure_one()
        self.lot_ids._set_quality_state(self.state, self.reason)
        return {"type": "ir.actions.act_window_close"}
