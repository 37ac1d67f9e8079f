"""What happens to points by the mere passing of days."""

from odoo import api, models
from odoo.tools import SQL, split_every

from .points_posting import PointsPosting

CHUNK = 1000


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    @api.model
    def _cron_points_nightly(self):
        """Let pending points count and write off what has run out; a run that is stopped goes on where it was."""
        self._points_find_days()
        card_ids = self._get_points_due_ids()
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(card_ids))
        for chunk in split_every(CHUNK, card_ids):
            self.browse(chunk).with_context(loyalty_no_mail=True)._points_refresh()
            if not cron._commit_progress(len(chunk)):
                break

    def _points_refresh(self):
        """Bring the figures of these cards to today: expired points go, pending ones whose day has come count."""
        if self:
            PointsPosting(self).apply()

    @api.model
    def _points_find_days(self):
        """Give batches their first day as soon as it is known."""
        batches = self.env["cosmetics.points.batch"].sudo()  # sudo: the ledger belongs to no role
        waiting = batches.search([("available_on", "=", False), ("remaining", ">", 0)], order="id")
        for ids in split_every(CHUNK, waiting.ids):
            batches.browse(ids)._set_available_days(batches.browse(ids)._get_available_days())

    @api.model
    def _get_points_due_ids(self):
        """Return the ids of cards whose figures are no longer those of today."""
        today = self._points_today()
        self.env["cosmetics.points.batch"].flush_model()
        self.flush_model(["points"])
        query = SQL(
            """
            WITH held AS (
                SELECT card_id, bool_or(expires_on < %(day)s) AS is_over,
                       sum(remaining) FILTER (WHERE available_on <= %(day)s AND (expires_on IS NULL OR expires_on >= %(day)s)) AS points
                  FROM cosmetics_points_batch WHERE remaining > 0 GROUP BY card_id
            )
            SELECT card.id FROM loyalty_card card JOIN held ON held.card_id = card.id
             WHERE held.is_over OR round(card.points::numeric, 2) <> coalesce(held.points, 0) ORDER BY card.id
            """,
            day=today,
        )
        return [card_id for (card_id,) in self.env.execute_query(query)]
