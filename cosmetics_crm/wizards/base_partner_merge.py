"""Two contacts who are one member: their points come together."""

from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge_loyalty_cards(self, src_partners, dst_partner):
        """Move the points of ledger cards with their days; core adds up the points of the others."""
        # sudo: whoever may merge contacts merges what belongs to them
        cards = self.env["loyalty.card"].sudo().search([("partner_id", "in", (src_partners | dst_partner).ids), ("in_ledger", "=", True)])
        for _program, group in cards.grouped("program_id").items():
            group = group.sorted(lambda card: (card.partner_id != dst_partner, card.id))
            group[0]._points_absorb(group[1:])
            group[0].partner_id = dst_partner
        self._merge_stored_cards(src_partners, dst_partner)
        return super()._merge_loyalty_cards(src_partners, dst_partner)

    def _merge_stored_cards(self, src_partners, dst_partner):
        """Bring the money of named cards onto one; core would add up their balances. What was lost stays lost until it is replaced."""
        # sudo: whoever may merge contacts merges what belongs to them
        cards = self.env["loyalty.card"].sudo().with_context(active_test=False)
        holders = (src_partners | dst_partner).ids
        cards = cards.search([("partner_id", "in", holders), ("stored_kind", "=", "named"), ("stored_state", "in", ("active", "lost"))])
        for _program, group in cards.grouped("program_id").items():
            group = group.sorted(lambda card: (card.stored_state == "lost", card.partner_id != dst_partner, card.id))
            group[0]._stored_absorb(group[1:])
            group[0].partner_id = dst_partner
