"""Which suppliers take goods back."""

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    accepts_near_expiry_returns = fields.Boolean(
        string="Takes Back Near-Expiry Goods",
        help="The supplier accepts returns of goods that near their expiry. The near-expiry list then proposes to send them back.",
    )
