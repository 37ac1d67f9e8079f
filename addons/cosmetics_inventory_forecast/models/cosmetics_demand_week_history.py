"""Demand of the weeks before a shop came to this system, from what it sold then."""

from datetime import date, timedelta

from odoo import api, fields, models
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day
from odoo.tools import SQL

from ..tools.retail_weeks import monday_of
from .cosmetics_demand_week import WEEKS

# Before any move: what a shop did first is looked for from here.
EVER = date(2000, 1, 3)


class CosmeticsDemandWeek(models.Model):
    _inherit = "cosmetics.demand.week"

    is_history = fields.Boolean(
        string="Before the System",
        readonly=True,
        help="From the imported sales of the old system; the days with stock are then the days its files tell of.",
    )

    @api.model
    def _refresh_history(self):
        """Write the weeks before the first own one of each shop anew, from the imported figures."""
        self.env.flush_all()
        self.env.cr.execute(SQL("DELETE FROM cosmetics_demand_week WHERE is_history"))
        if self.env["cosmetics.sales.history"].sudo().search_count([], limit=1):  # sudo: of all companies
            this_week = monday_of(china_day(fields.Datetime.now()))
            self.env.cr.execute(self._get_history_query(this_week - timedelta(weeks=WEEKS), this_week))
        self.invalidate_model()

    @api.model
    def _get_history_query(self, start, end):
        """Return the statement that adds the weeks of old sales from one Monday to before another.

        A month or week is spread evenly over its days, those from the first own day of the shop on left out: the old system sold no more
        then. A week counts by the days its files tell of, as one with an empty shelf counts by its days with stock; files of single days
        leave out days without a sale, so only where their weeks begin and end are days missing. A week they do not tell
        of, and one of a product that came later than its shop, is not known, which is not the same as nothing sold.
        """
        return SQL(
            """
            WITH %(parts)s, week AS (
                SELECT part.product_id, part.warehouse_id, part.week_on, part.sold, told.days
                  FROM part JOIN told USING (warehouse_id, week_on)
            ), first AS (
                SELECT product_id, warehouse_id, MIN(week_on) AS week_on FROM part GROUP BY 1, 2
            ), unknown AS (
                SELECT first.product_id, first.warehouse_id, gap::date AS week_on
                  FROM first
             LEFT JOIN started USING (product_id, warehouse_id)
            CROSS JOIN generate_series(
                           first.week_on, LEAST(date_trunc('week', started.day)::date, %(end)s::date) - 7, INTERVAL '7 days') gap
             LEFT JOIN told ON told.warehouse_id = first.warehouse_id AND told.week_on = gap::date AND told.days >= 2
                 WHERE told.days IS NULL
            )
            INSERT INTO cosmetics_demand_week (product_id, warehouse_id, company_id, week_on, sold, open_days, demand, is_history)
                 SELECT found.product_id, found.warehouse_id, warehouse.company_id, found.week_on, found.sold, found.days,
                        CASE WHEN found.days >= 2 THEN GREATEST(found.sold, 0) * 7 / found.days END, TRUE
                   FROM (SELECT * FROM week UNION ALL SELECT unknown.*, 0, 0 FROM unknown
                          WHERE NOT EXISTS (SELECT FROM week WHERE (week.product_id, week.warehouse_id, week.week_on)
                                                                 = (unknown.product_id, unknown.warehouse_id, unknown.week_on))) found
                   JOIN stock_warehouse warehouse ON warehouse.id = found.warehouse_id
                  WHERE found.week_on < %(end)s
            ON CONFLICT (product_id, warehouse_id, week_on) DO NOTHING
            """,
            parts=self._get_parts_query(start),
            end=end,
        )

    @api.model
    def _get_parts_query(self, start):
        """Return the part that says what each week got of each figure, from a Monday to the shop's first own week, and how many
        days are told."""
        return SQL(
            """
            started AS (
                SELECT side.product_id, side.warehouse_id, MIN(side.day) AS day
                  FROM (%(moves)s) side
                 WHERE side.warehouse_id IN (SELECT warehouse_id FROM cosmetics_sales_history)
              GROUP BY 1, 2
            ), shop AS (
                SELECT warehouse_id, MIN(day) AS day, date_trunc('week', MIN(day))::date AS week_on FROM started GROUP BY 1
            ), figure AS (
                SELECT history.product_id, history.warehouse_id, history.kind = 'day' AS daily, history.quantity, history.date_from,
                       LEAST(history.date_to, shop.day - 1) AS date_to, shop.week_on AS own_week
                  FROM cosmetics_sales_history history LEFT JOIN shop USING (warehouse_id)
                 WHERE shop.day IS NULL OR history.date_from < shop.day
            ), share AS (
                SELECT product_id, warehouse_id, daily, monday::date AS week_on, quantity, date_to - date_from + 1 AS days,
                       GREATEST(date_from, monday::date) AS first, LEAST(date_to, monday::date + 6) AS last
                  FROM figure, generate_series(date_trunc('week', date_from::timestamp), date_to, INTERVAL '7 days') monday
                 WHERE monday::date >= %(start)s AND (own_week IS NULL OR monday::date < own_week)
            ), part AS (
                SELECT product_id, warehouse_id, week_on, SUM(quantity * (last - first + 1) / days) AS sold FROM share GROUP BY 1, 2, 3
            ), told AS (
                SELECT warehouse_id, week_on, MAX(last) - MIN(first) + 1 AS days
                  FROM (SELECT warehouse_id, week_on,
                               CASE WHEN daily AND LAG(week_on) OVER weeks = week_on - 7 THEN week_on ELSE first END AS first,
                               CASE WHEN daily AND LEAD(week_on) OVER weeks = week_on + 7 THEN week_on + 6 ELSE last END AS last
                          FROM (SELECT warehouse_id, daily, week_on, MIN(first) AS first, MAX(last) AS last
                                  FROM share GROUP BY 1, 2, 3) each
                        WINDOW weeks AS (PARTITION BY warehouse_id, daily ORDER BY week_on)) span
              GROUP BY 1, 2
            )
            """,
            moves=self._get_moves_query(EVER),
            start=start,
        )
