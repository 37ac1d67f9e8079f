"""The one way into the points ledger."""

from datetime import datetime
from zoneinfo import ZoneInfo

from odoo import api, models
from odoo.tools import SQL

from .points_posting import PointsPosting

CHINA = ZoneInfo("Asia/Shanghai")
UTC = ZoneInfo("UTC")


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    @api.model
    def _points_today(self):
        """Return the day in China: points count and expire by it, whoever asks from wherever."""
        return datetime.now(UTC).astimezone(CHINA).date()

    def _points_root(self):
        """Return the card that this one stands for: itself, or the one it was merged into."""
        self.ensure_one()
        card = self.sudo()  # sudo: the ledger belongs to no role
        while card.merged_into_id:
            card = card.merged_into_id
        return card.with_env(self.env)

    @api.model
    def _points_post(self, acts):
        """Carry out acts on the points of cards, in this order; all of them or, with an error, none.

        The cards are locked until the end of the transaction. An act whose key is in the ledger already is skipped.

        :param acts: list of `tools.points_act.Act`
        :return: list of `tools.points_act.Result`, one an act
        :raises UserError: when points are to be spent that are not there
        :raises ValueError: for an act that makes no sense, or a card that is not kept by the ledger
        """
        acts = [act for act in acts if act.card]
        cards = self.browse().union(*(act.card._points_root() for act in acts))
        if outside := cards.sudo().filtered(lambda card: not card.in_ledger):
            raise ValueError(f"cards outside of the points ledger: {outside}")
        if not acts:
            return []
        posting = PointsPosting(cards, acts)
        results = [posting.decide(act) for act in acts]
        posting.apply()
        return results

    def _points_lock(self):
        """Lock these cards until the end of the transaction, so that what is read from now on is what an act will meet.

        A card that somebody else moved since the transaction began raises PostgreSQL's serialization failure: Odoo starts over.

        :return: the cards that these stand for
        """
        roots = self.browse().union(*(card._points_root() for card in self))
        if not roots:
            return roots
        roots.flush_recordset()
        self.env.cr.execute(SQL("SELECT id FROM loyalty_card WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", list(roots.ids)))
        roots.invalidate_recordset(["points", "points_pending", "points_debt"])
        return roots
