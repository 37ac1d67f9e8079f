"""Core's history of a card is what customers see of the ledger."""

from odoo import api, models
from odoo.exceptions import UserError

from ..tools.gate import points_gate


class LoyaltyHistory(models.Model):
    _inherit = "loyalty.history"

    @api.model_create_multi
    def create(self, vals_list):
        """Let the ledger alone write about its cards."""
        if points_gate.is_marked(self) or not self.env.su:
            # sudo: one flag; the record itself asks for the rights
            cards = self.env["loyalty.card"].sudo().browse({vals["card_id"] for vals in vals_list if vals.get("card_id")})
            kept = set(cards._filter_kept().ids)
            if kept:
                self._check_marked()
                vals_list = [vals for vals in vals_list if vals.get("card_id") not in kept]
        return super().create(vals_list)

    def write(self, vals):
        others = self - self._get_kept()
        if others != self and not self.env.su:
            self._check_marked()
        return super(LoyaltyHistory, others if points_gate.is_marked(self) else self).write(vals)

    def unlink(self):
        """Keep the lines of ledger cards: core removes those of an order that is cancelled; here the taking back is a line of its own."""
        kept = self._get_kept()
        kept.check_access("unlink")
        return super(LoyaltyHistory, self - kept).unlink()

    def _get_kept(self):
        kept = self.card_id._filter_kept()
        return self.filtered(lambda line: line.card_id in kept)

    def _check_marked(self):
        if not points_gate.is_marked(self):
            raise UserError(self.env._("The history of this card follows from its ledger. Ask for an adjustment instead of changing it."))
