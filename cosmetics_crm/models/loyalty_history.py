"""Core's history of a card is what customers see of the ledger."""

from odoo import models


class LoyaltyHistory(models.Model):
    _inherit = "loyalty.history"

    def unlink(self):
        """Keep the lines of ledger cards: core removes those of an order that is cancelled; here the taking back is a line of its own."""
        # sudo: one flag; the removal itself asks for the rights
        kept = self.filtered(lambda line: line.card_id.sudo().in_ledger)
        (self - kept).check_access("unlink")
        kept.check_access("unlink")
        return super(LoyaltyHistory, self - kept).unlink()
