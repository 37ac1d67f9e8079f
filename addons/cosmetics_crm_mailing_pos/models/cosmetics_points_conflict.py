"""Coupons that a till took against their rules stand on the list of conflicts, beside points that were not there."""

from odoo import api, fields, models


class CosmeticsPointsConflict(models.Model):
    _inherit = "cosmetics.points.conflict"

    kind = fields.Selection(selection_add=[("coupon", "Coupon Against Its Rules")], ondelete={"coupon": "cascade"})
    rule = fields.Char(string="Broken Rule", readonly=True)

    @api.depends("rule")
    def _compute_sentence(self):
        res = super()._compute_sentence()
        for conflict in self.filtered(lambda conflict: conflict.kind == "coupon"):
            conflict.sentence = f"{conflict.order_id.pos_reference or conflict.order_id.name}: {conflict.rule}"
        return res

    def _get_summary(self):
        return self.env._("A coupon was used against its rules") if self.kind == "coupon" else super()._get_summary()
