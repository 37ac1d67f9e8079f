"""The ledger of points: every movement, for ever."""

from odoo import api, fields, models

KINDS = [
    ("opening", "Opening"),
    ("earn", "Earned"),
    ("spend", "Spent"),
    ("expire", "Expired"),
    ("take_back", "Taken Back"),
    ("give_back", "Given Back"),
    ("adjust", "Points Adjustment"),
    ("transfer", "Moved"),
]


class CosmeticsPointsMove(models.Model):
    """One movement of points on one batch, or on the debt when it has no batch."""

    _name = "cosmetics.points.move"
    _inherit = "cosmetics.ledger.move"
    _description = "Movement of Points"

    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
    points = fields.Float(digits=(16, 2), required=True, readonly=True)
    balance = fields.Float(help="All points of the card after this movement, pending ones too, less the debt.")
    batch_id = fields.Many2one("cosmetics.points.batch", readonly=True, ondelete="restrict", index="btree_not_null")

    _key_unique = models.Constraint("UNIQUE (key)", "This movement of points is already written.")

    @api.model
    def _get_by_hand_text(self):
        return self.env._("Points are changed by sales, refunds and adjustments only. Ask for an adjustment.")

    @api.model
    def _get_final_text(self):
        return self.env._("Movements of points are final. Ask for an adjustment instead.")
