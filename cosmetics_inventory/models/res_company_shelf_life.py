from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    shelf_life_floor_margin = fields.Float(
        string="Floor Margin of Band Prices (%)",
        default=0.0,
        help="Prices of goods near their use-by date never fall below cost plus this percentage.",
    )

    _shelf_life_floor_margin_positive = models.Constraint(
        "CHECK (shelf_life_floor_margin >= 0)", "The floor margin cannot be negative. Enter 0 to sell down to cost."
    )
