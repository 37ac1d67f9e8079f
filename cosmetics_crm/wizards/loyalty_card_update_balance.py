"""Core's way to set a balance; for cards of the ledger it asks for an adjustment."""

from odoo import models
from odoo.exceptions import ValidationError


class LoyaltyCardUpdateBalance(models.TransientModel):
    _inherit = "loyalty.card.update.balance"

    def action_update_card_point(self):
        if not self.card_id.in_ledger:
            return super().action_update_card_point()
        if self.new_balance < 0 or self.old_balance == self.new_balance:
            raise ValidationError(self.env._("The new balance is zero or more, and not the old one."))
        adjustment = self.env["cosmetics.points.adjustment"].create(
            {"card_id": self.card_id.id, "points": self.new_balance - self.old_balance, "reason": self.description}
        )
        adjustment.action_submit()
        return {
            "type": "ir.actions.act_window",
            "res_model": adjustment._name,
            "res_id": adjustment.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
