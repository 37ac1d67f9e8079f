"""What becomes of points, coupons and stored value when a membership ends."""

from odoo import api, models
from odoo.exceptions import UserError

from ..tools.points_act import Act

COUPONS = ("coupons", "next_order_coupons")
STORED_VALUE = ("gift_card", "ewallet")


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _before_close_membership(self):
        """Take points and coupons, with a row each that says why; money that was paid in is not taken but stops the closing."""
        res = super()._before_close_membership()
        cards = self._get_closing_cards()
        money = cards.filtered(lambda card: card.program_type in STORED_VALUE)
        if money:
            raise UserError(self._get_stored_value_message(money))
        kept = cards.filtered("in_ledger")
        kept._points_forfeit(self.env._("Membership closed"))
        (cards - kept)._forfeit_coupons(self.env._("Membership closed"))
        return res

    def _get_closing_cards(self):
        """Return the cards of these members, of every company, with something on them (in sudo)."""
        # sudo: whoever closes a membership closes all of it; advisers and managers do not see cards of other companies
        cards = self.env["loyalty.card"].sudo().with_context(active_test=False).search([("partner_id", "in", self.ids)], order="id")
        return cards.filtered(lambda card: card._has_something_to_lose())

    @api.model
    def _get_stored_value_message(self, cards):
        amounts = ", ".join(f"{card.program_id.name} {card.points:.2f}" for card in cards)
        return self.env._("%s has been paid in and is the member's own money. Pay it out or let it be spent, then close.", amounts)

    def _get_closing_loss(self):
        """Return in a sentence what the member loses by leaving, "" when there is nothing."""
        cards = self._get_closing_cards()
        kept = cards.filtered("in_ledger")
        points = sum(card.points + card.points_pending for card in kept)
        coupons = len(cards.filtered(lambda card: card.program_type in COUPONS))
        if points and coupons:
            return self.env._("%(points)s points and %(coupons)s coupons are lost.", points=f"{points:g}", coupons=coupons)
        if points:
            return self.env._("%s points are lost.", f"{points:g}")
        return self.env._("%s coupons are lost.", coupons) if coupons else ""


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    def _has_something_to_lose(self):
        """Return whether points, a debt, a coupon or money is on the card."""
        self.ensure_one()
        if self.in_ledger:
            return bool(self.points or self.points_pending or self.points_debt)
        return self.program_type in COUPONS + STORED_VALUE and self.points > 0

    def _points_forfeit(self, reason):
        """Take everything off these ledger cards (in sudo), pending points too; what is owed is let off. The ledger says why."""
        acts = []
        for card in self._points_lock():
            key = f"forfeit,{card.id},{max(card.points_move_ids.ids, default=0)}"
            if card.points_debt:
                acts.append(Act(card, "adjust", card.points_debt, f"{key},debt", reason=reason))
            acts.append(Act(card, "forfeit", None, key, reason=reason))
        self._points_post(acts)

    def _forfeit_coupons(self, reason):
        """Empty coupons, with a line in the history of each."""
        history = [{"card_id": card.id, "description": reason, "used": card.points, "issued": 0} for card in self]
        self.write({"points": 0})
        self.env["loyalty.history"].create(history)
