"""Who decided on another quantity than the suggested one, and why."""

from odoo import fields, models


class CosmeticsReplenishmentChange(models.Model):
    """Rows are added by the system and never changed."""

    _name = "cosmetics.replenishment.change"
    _description = "Change of a Replenishment Suggestion"
    _order = "id desc"

    replenishment_id = fields.Many2one("cosmetics.replenishment", required=True, readonly=True, index=True, ondelete="cascade")
    product_id = fields.Many2one(related="replenishment_id.product_id")
    warehouse_id = fields.Many2one(related="replenishment_id.warehouse_id")
    old_quantity = fields.Float(digits="Product Unit", readonly=True)
    new_quantity = fields.Float(digits="Product Unit", readonly=True)
    reason = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Changed By", required=True, readonly=True)
    at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
