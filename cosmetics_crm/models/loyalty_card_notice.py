"""Members are told before their points expire."""

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL, split_every

CHUNK = 500


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    @api.model
    def _cron_points_notice(self):
        """Tell members once about each batch that is about to expire."""
        cron = self.env["ir.cron"]
        notices = self._get_points_notices()
        cron._commit_progress(remaining=len(notices))
        for chunk in split_every(CHUNK, notices):
            self._send_points_notices(chunk)
            batches = self.env["cosmetics.points.batch"].browse([batch for notice in chunk for batch in notice["batch_ids"]])
            batches.sudo().write({"noticed_on": self._points_today()})  # sudo: the ledger belongs to no role
            if not cron._commit_progress(len(chunk)):
                break

    # ------------------------------------------------------------------ hooks
    @api.model
    def _get_points_notices(self):
        """Return what members are to be told, one a card: [{"card", "points", "expires_on" (the first day), "batch_ids"}]."""
        today = self._points_today()
        for model in ("cosmetics.points.batch", "loyalty.card", "loyalty.program"):
            self.env[model].flush_model()
        query = SQL(
            """
            SELECT batch.card_id, sum(batch.remaining), min(batch.expires_on), array_agg(batch.id ORDER BY batch.id)
              FROM cosmetics_points_batch batch JOIN loyalty_card card ON card.id = batch.card_id
              JOIN loyalty_program program ON program.id = card.program_id
             WHERE batch.remaining > 0 AND batch.noticed_on IS NULL AND batch.available_on <= %(day)s AND card.partner_id IS NOT NULL
               AND program.points_notice_days > 0 AND batch.expires_on BETWEEN %(day)s AND %(day)s + program.points_notice_days
             GROUP BY batch.card_id ORDER BY batch.card_id
            """,
            day=today,
        )
        return [
            {"card": self.browse(card_id), "points": float(points), "expires_on": expires_on, "batch_ids": batch_ids}
            for card_id, points, expires_on, batch_ids in self.env.execute_query(query)
        ]

    def _send_points_notices(self, notices):
        """Tell the members; by mail here, to those who have an address. A module with another way extends this.

        :param notices: as `_get_points_notices` returns them
        """
        template = self.env.ref("cosmetics_crm.mail_template_points_expiring", raise_if_not_found=False)
        for notice in notices if template else []:
            card = notice["card"]
            if card.partner_id.email:
                days = (notice["expires_on"] - self._points_today()) // timedelta(days=1)
                template.with_context(points=f"{notice['points']:g}", expires_on=notice["expires_on"], days=days).send_mail(card.id)
