"""The figures of each member, made anew every night."""

import logging
import time

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import rfm
from ..tools.days import first_moment

_logger = logging.getLogger(__name__)
SEGMENTS = [
    ("champion", "Champion"),
    ("loyal", "Loyal"),
    ("big_spender", "Big Spender"),
    ("new", "New"),
    ("promising", "Promising"),
    ("at_risk", "At Risk"),
    ("sleeping", "Sleeping"),
    ("lost", "Lost"),
    ("none", "No Purchase"),
]


class CosmeticsMemberFigures(models.Model):
    """One row a member. Amounts: company currency, tax included, net of refunds; scores 1 to 5 compare a member with all buyers."""

    _name = "cosmetics.member.figures"
    _description = "Member Figures"
    _order = "partner_id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", string="Member", required=True, ondelete="cascade")
    first_purchase_on = fields.Date(readonly=True)
    last_purchase_on = fields.Date(readonly=True)
    order_count = fields.Integer(string="Purchases", readonly=True)
    order_count_window = fields.Integer(string="Purchases of the Last Months", readonly=True)
    spend_total = fields.Float(digits=(16, 2), readonly=True)
    spend_window = fields.Float(string="Spend of the Last Months", digits=(16, 2), readonly=True)
    average_basket = fields.Float(digits=(16, 2), readonly=True)
    recency_score = fields.Integer(readonly=True)
    frequency_score = fields.Integer(readonly=True)
    money_score = fields.Integer(readonly=True)
    segment = fields.Selection(SEGMENTS, readonly=True)
    computed_at = fields.Datetime(readonly=True)

    _partner_uniq = models.UniqueIndex("(partner_id)", "A member has one row of figures.")
    _segment_idx = models.Index("(segment, partner_id)")
    _spend_idx = models.Index("(spend_window)")

    # ------------------------------------------------------------------ nightly
    @api.model
    def _cron_nightly(self):
        """Make all figures anew, then lift, warn and review the tiers."""
        began = time.monotonic()
        count = self._rebuild()
        self.env["ir.cron"]._commit_progress(count)
        changed, day = 0, fields.Date.context_today(self)
        for members in self.env["res.partner"]._get_tier_candidates(day):
            changed += members._review_member_tiers(day)
            self.env["ir.cron"]._commit_progress(len(members))
            self.env.invalidate_all()
        _logger.info("Figures of %s members, %s changes of tier in %.1f s", count, changed, time.monotonic() - began)

    @api.model
    def _rebuild(self, members=None):
        """Write the figures of all members, or of some, in one statement; return how many.

        Scores compare with all buyers, so the figures of some are right, and their scores as of this moment.
        """
        self.env.flush_all()
        today = fields.Date.context_today(self)
        zone = self.env["cosmetics.member.purchase"]._get_tz()
        since = first_moment(today - relativedelta(months=self.env.company.member_tier_window_months) + relativedelta(days=1), zone)
        query = SQL(
            "WITH orders AS (%(orders)s), totals AS (%(totals)s), ranked AS (%(ranked)s) %(upsert)s",
            orders=self._sql_orders(),
            totals=self._sql_totals(since, zone),
            ranked=self._sql_ranked(),
            upsert=self._sql_upsert(members),
        )
        self.env.cr.execute(query)
        self.invalidate_model()
        return self.env.cr.rowcount

    @api.model
    def _sql_orders(self):
        """One row a document: an order and its refunds hang together, so a purchase brought back whole counts for nothing."""
        return SQL(
            "SELECT p.partner_id, CASE p.source WHEN 'pos' THEN 'pos' ELSE 'sale' END AS kind, p.origin_id, MIN(p.date) AS date,"
            " SUM(p.amount) AS amount FROM (%s) AS p WHERE p.partner_id IS NOT NULL GROUP BY 1, 2, 3",
            self.env["cosmetics.member.purchase"]._get_purchase_query(),
        )

    @api.model
    def _sql_totals(self, since, zone):
        return SQL(
            "SELECT o.partner_id, (MIN(o.date) FILTER (WHERE o.amount > 0) AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date AS first_on,"
            " (MAX(o.date) FILTER (WHERE o.amount > 0) AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date AS last_on,"
            " COUNT(*) FILTER (WHERE o.amount > 0) AS orders,"
            " COUNT(*) FILTER (WHERE o.amount > 0 AND o.date >= %(since)s) AS orders_window,"
            " SUM(o.amount) AS spend, COALESCE(SUM(o.amount) FILTER (WHERE o.date >= %(since)s), 0) AS spend_window"
            " FROM orders o JOIN res_partner m ON m.id = o.partner_id AND m.is_member GROUP BY o.partner_id",
            zone=zone,
            since=since,
        )

    @api.model
    def _sql_ranked(self):
        """Equal members get equal scores. Who bought on the same last day ranks with the best of them, so that a day of many buyers is no
        loss; who bought as often or for as much as most ranks with the worst of them, so that one purchase is no habit.
        """
        worse = "LEAST(5, 1 + FLOOR(5 * PERCENT_RANK() OVER (ORDER BY %s)))::int"
        return SQL(
            "SELECT t.partner_id, CEIL(ROUND((5 * CUME_DIST() OVER (ORDER BY t.last_on))::numeric, 6))::int AS recency,"
            " %s AS frequency, %s AS money FROM totals t WHERE t.orders > 0",
            SQL(worse, SQL("t.orders")),
            SQL(worse, SQL("t.spend")),
        )

    @api.model
    def _sql_segment(self):
        """Return the rules of tools.rfm as one CASE."""
        cases = [SQL("WHEN r.recency IS NULL THEN %s", rfm.NO_PURCHASE)]
        for rule in rfm.RULES:
            tests = SQL(" AND ").join(
                SQL("%s BETWEEN %s AND %s", SQL.identifier("r", name), *getattr(rule, name)) for name in ("recency", "frequency", "money")
            )
            cases.append(SQL("WHEN %s THEN %s", tests, rule.segment))
        return SQL("CASE %s END", SQL(" ").join(cases))

    @api.model
    def _sql_upsert(self, members):
        columns = (
            "partner_id", "first_purchase_on", "last_purchase_on", "order_count", "order_count_window", "spend_total", "spend_window",
            "average_basket", "recency_score", "frequency_score", "money_score", "segment", "computed_at",
        )  # fmt: skip
        changes = SQL(", ").join(SQL("%s = %s", SQL.identifier(name), SQL.identifier("excluded", name)) for name in columns[1:])
        return SQL(
            "INSERT INTO cosmetics_member_figures (%(columns)s)"
            " SELECT m.id, t.first_on, t.last_on, COALESCE(t.orders, 0), COALESCE(t.orders_window, 0), ROUND(COALESCE(t.spend, 0), 2),"
            " ROUND(COALESCE(t.spend_window, 0), 2), ROUND(COALESCE(t.spend / NULLIF(t.orders, 0), 0), 2),"
            " r.recency, r.frequency, r.money, %(segment)s, now() AT TIME ZONE 'UTC'"
            " FROM res_partner m LEFT JOIN totals t ON t.partner_id = m.id LEFT JOIN ranked r ON r.partner_id = m.id"
            " WHERE m.is_member %(some)s"
            " ON CONFLICT (partner_id) DO UPDATE SET %(changes)s",
            columns=SQL(", ").join(map(SQL.identifier, columns)),
            segment=self._sql_segment(),
            some=SQL("AND m.id = ANY(%s)", members.ids) if members is not None else SQL(),
            changes=changes,
        )

    @api.model
    def _get_rising_member_ids(self):
        """Return ids of members whose spend reaches a higher tier than theirs, by the figures of the night."""
        query = SQL(
            "SELECT m.id FROM res_partner m JOIN cosmetics_member_figures f ON f.partner_id = m.id"
            " JOIN cosmetics_member_tier t ON t.id = m.member_tier_id"
            " WHERE m.is_member AND EXISTS (SELECT FROM cosmetics_member_tier h"
            " WHERE h.active AND h.upgrade_amount > t.upgrade_amount AND h.upgrade_amount <= f.spend_window)"
        )
        return [row[0] for row in self.env.execute_query(query)]
