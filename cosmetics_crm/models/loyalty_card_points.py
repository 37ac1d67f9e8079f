"""The usual acts on the points of one card, for glue modules."""

from odoo import models

from ..tools.points_act import BY_RULE, Act
from .points_posting import PointsPosting


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    def _points_earn(self, origin, points, key, reason="", available_on=BY_RULE, expires_on=BY_RULE):
        """Add points that were earned by a document.

        :param key: says what this is for ever, e.g. ``pos.order,7,earn``; a second call with it does nothing
        :param available_on: first day they may be spent (China); None: not known yet, see `_get_available_days`; left out: today
        :return: the Result
        """
        self.ensure_one()
        return self._points_post([Act(self, "earn", points, key, origin, reason, available_on, expires_on)])[0]

    def _points_spend(self, origin, points, key, reason="", is_partial=False):
        """Spend points on a document, those that expire first before the others.

        :param is_partial: the goods are gone already: spend what there is, `missing` of the Result is what was not
        """
        self.ensure_one()
        return self._points_post([Act(self, "spend", points, key, origin, reason, is_partial=is_partial)])[0]

    def _points_take_back(self, origin, key, points=None, part=0, whole=0, reason=""):
        """Take back points that `origin` (the sale) earned: so many, or in the share of what has been refunded of it *until now*."""
        self.ensure_one()
        return self._points_post([Act(self, "take_back", points, key, origin, reason, part=part, whole=whole)])[0]

    def _points_give_back(self, origin, key, points=None, part=0, whole=0, reason=""):
        """Give back points that were spent on `origin` (the sale): so many, or in the share of what has been refunded of it *until now*."""
        self.ensure_one()
        return self._points_post([Act(self, "give_back", points, key, origin, reason, part=part, whole=whole)])[0]

    def _points_absorb(self, others):
        """Take over the points of other cards of the same program; they are archived and stand for this one from now on."""
        self.ensure_one()
        if not others:
            return
        # sudo: the ledger belongs to no role
        posting = PointsPosting((self | others).sudo())
        for card in others.sudo():
            posting.transfer(card, self.sudo(), f"merge,{card.id},{self.id}")
        posting.apply()
        others.sudo().active = False
        others.sudo()._set_merged_into(self)
