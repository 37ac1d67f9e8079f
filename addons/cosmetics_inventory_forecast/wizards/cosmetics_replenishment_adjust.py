"""Another quantity than the suggested one."""

from odoo import fields, models


class CosmeticsReplenishmentAdjust(models.TransientModel):
    _name = "cosmetics.replenishment.adjust"
    _description = "Change a Suggested Quantity"

    replenishment_id = fields.Many2one("cosmetics.replenishment", required=True, readonly=True, ondelete="cascade")
    sentence = fields.Char(related="replenishment_id.sentence")
    suggested_quantity = fields.Float(related="replenishment_id.suggested_quantity")
    has_cap = fields.Boolean(related="replenishment_id.has_cap")
    cap_quantity = fields.Float(related="replenishment_id.cap_quantity")
    quantity = fields.Float(string="To Get", digits="Product Unit")
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Keep the quantity and its reason."""
        for wizard in self:
            wizard.replenishment_id._change_quantity(wizard.quantity, wizard.reason)
