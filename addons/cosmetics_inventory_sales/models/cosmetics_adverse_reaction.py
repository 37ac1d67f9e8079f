"""The after-sale by which the shop heard of a reaction."""

from odoo import fields, models


class CosmeticsAdverseReaction(models.Model):
    _inherit = "cosmetics.adverse.reaction"

    aftersale_id = fields.Many2one("cosmetics.aftersale", string="After-Sale", readonly=True, index="btree_not_null", ondelete="set null")
    aftersale_line_id = fields.Many2one(
        "cosmetics.aftersale.line", string="Line of the After-Sale", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )

    _aftersale_line_uniq = models.UniqueIndex(
        "(aftersale_line_id) WHERE aftersale_line_id IS NOT NULL AND follow_up_of_id IS NULL",
        "These goods have a case already. Add a supplement to that case.",
    )
