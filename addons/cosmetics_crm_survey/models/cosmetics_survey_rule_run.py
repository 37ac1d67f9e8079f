"""A rule runs: events become invitations, invitations become messages, in small steps that are each committed.

Whenever it is killed, the next run goes on where it stopped: an event without an invitation is looked for, and so is an invitation
without a message.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.cosmetics_crm_mailing.tools.china import china_day
from odoo.addons.cosmetics_crm_mailing.tools.holdout import sql_is_drawn
from odoo.tools import SQL

CHUNK = 200
LATE = timedelta(days=3)
"""What the scheduler missed for longer is left: a question that late puzzles more than it pleases."""


class CosmeticsSurveyRule(models.Model):
    _inherit = "cosmetics.survey.rule"

    @api.model
    def _cron_run(self):
        """Ask about what happened so many days ago."""
        for rule in self.search([("state", "=", "running")]):
            own = rule.with_company(rule.company_id).with_context(lang=rule.company_id._get_shop_lang())
            if not own._run():
                return  # out of time: the scheduler calls again at once

    def _run(self):
        """Take all steps; return False when the time of the scheduler was over before."""
        self.ensure_one()
        cron = self.env["ir.cron"]
        if not self.try_lock_for_update():
            return True
        for step in (self._draw_chunk, self._send_chunk):
            while count := step():
                if cron._commit_progress(count, remaining=CHUNK) <= 0:
                    return False
        return True

    # ------------------------------------------------------------------ drawing
    def _draw_chunk(self):
        """Write down whom to ask, in one statement; return how many. The database refuses a second question in the days between.

        Two processes that find the same member at once: one of them writes, the other starts over and finds the row.
        """
        self.ensure_one()
        self.env.flush_all()
        until = fields.Datetime.now() - timedelta(days=self.delay_days)
        since = max(until - LATE, self.started_at)
        if since >= until:
            return 0
        self.env.cr.execute(self._sql_draw(since, until))
        (count,) = self.env.cr.fetchone()
        self.env["cosmetics.survey.invitation"].invalidate_model()
        return count

    def _sql_draw(self, since, until):
        now = fields.Datetime.now()
        day = china_day(now)
        return SQL(
            "WITH due AS (%(due)s), made AS (INSERT INTO cosmetics_survey_invitation (rule_id, survey_id, company_id, event, origin_model,"
            " origin_id, origin_name, partner_id, happened_at, store_id, adviser_id, invited_on, free_on, is_counted, state,"
            " create_uid, create_date, write_uid, write_date)"
            " SELECT %(rule)s, %(survey)s, %(company)s, d.kind, d.origin_model, d.origin_id, d.origin_name, d.partner_id, d.happened_at,"
            " d.store_id, d.user_id, %(day)s, %(free)s, TRUE, 'drawn', %(uid)s, %(now)s, %(uid)s, %(now)s FROM due d"
            " ON CONFLICT DO NOTHING RETURNING id, event, origin_model, origin_id),"
            " goods AS (INSERT INTO cosmetics_survey_invitation_product_rel (invitation_id, product_id)"
            " SELECT m.id, unnest(d.product_ids) FROM made m JOIN due d"
            " ON d.kind = m.event AND d.origin_model = m.origin_model AND d.origin_id = m.origin_id ON CONFLICT DO NOTHING)"
            " SELECT COUNT(*) FROM made",
            due=self._sql_due(since, until, day),
            rule=self.id,
            survey=self.survey_id.id,
            company=self.company_id.id,
            day=day,
            free=day + timedelta(days=self.company_id.survey_gap_days),
            uid=self.env.uid,
            now=now,
        )

    def _sql_due(self, since, until, day):
        """Return the next events to ask about: of this rule's kind, members, stores and sample, and nobody asked about them yet."""
        stores = SQL("AND COALESCE(e.store_id, p.member_store_id) = ANY(%s)", self.store_ids.ids) if self.store_ids else SQL()
        return SQL(
            "SELECT e.kind, e.origin_model, e.origin_id, e.origin_name, e.partner_id, e.happened_at,"
            " COALESCE(e.store_id, p.member_store_id) AS store_id, COALESCE(e.user_id, p.adviser_id) AS user_id, e.product_ids"
            " FROM (%(events)s) AS e JOIN res_partner p ON p.id = e.partner_id"
            " WHERE e.kind = %(kind)s AND e.company_id = %(company)s AND p.id IN %(members)s AND %(lot)s %(stores)s"
            " AND NOT EXISTS (SELECT FROM cosmetics_survey_invitation i WHERE i.event = e.kind AND i.origin_model = e.origin_model"
            " AND i.origin_id = e.origin_id)"
            " AND NOT EXISTS (SELECT FROM cosmetics_survey_invitation i WHERE i.partner_id = e.partner_id AND i.company_id = e.company_id"
            " AND i.is_counted AND (i.free_on > %(day)s OR i.invited_on > %(since)s))"
            " ORDER BY e.happened_at, e.origin_id LIMIT %(limit)s",
            events=self.env["cosmetics.member.event"]._get_event_query(since, until),
            kind=self.event,
            company=self.company_id.id,
            members=self.env["res.partner"].sudo()._search(self._get_member_domain()).subselect(),
            lot=sql_is_drawn(self.seed, SQL("e.origin_model || ':' || e.origin_id"), self.sample_percent),
            stores=stores,
            day=day,
            since=day - timedelta(days=self.company_id.survey_gap_days),
            limit=CHUNK,
        )

    # ------------------------------------------------------------------ sending
    def _send_chunk(self):
        """Write the messages of the next members; return how many members that were."""
        rows = self.env["cosmetics.survey.invitation"].search([("rule_id", "=", self.id), ("state", "=", "drawn")], limit=CHUNK)
        rows._send()
        return len(rows)
