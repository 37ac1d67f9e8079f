"""The after-sale by which destroyed goods came back."""

from odoo import fields, models


class CosmeticsDisposalLine(models.Model):
    _inherit = "cosmetics.disposal.line"

    aftersale_line_id = fields.Many2one(
        "cosmetics.aftersale.line", string="After-Sale", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
