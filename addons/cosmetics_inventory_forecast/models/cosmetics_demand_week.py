"""What customers took of a product from a warehouse in a week, and what they would have taken."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day, first_moment
from odoo.tools import SQL

from ..tools.retail_weeks import monday_of

# How far back demand is kept: three years, so that each peak was there at least twice.
WEEKS = 156
# Weeks looked at again each night: returns come late, and so does what a till had kept while it was offline.
AGAIN = 4


class CosmeticsDemandWeek(models.Model):
    """One row for a week in which something sold, or in which the shelf was empty on some days; and one for the first week of a product in
    a warehouse. A later week without a row is a week in which goods lay there and nobody took any. Weeks begin on Monday, in China.
    """

    _name = "cosmetics.demand.week"
    _description = "Demand of a Week"
    _order = "week_on desc, id"
    _rec_name = "product_id"
    _log_access = False

    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True, ondelete="cascade")
    categ_id = fields.Many2one(related="product_id.categ_id")
    brand_id = fields.Many2one(related="product_id.brand_id")
    warehouse_id = fields.Many2one("stock.warehouse", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    week_on = fields.Date(string="Week of", required=True, readonly=True, index=True)
    sold = fields.Float(digits="Product Unit", readonly=True, help="Units that went to customers, returns taken off.")
    open_days = fields.Integer(
        string="Days with Stock", readonly=True, aggregator="avg", help="Days of the week on which there was something to sell."
    )
    demand = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="What would have sold with stock on all seven days. Empty when there was stock on fewer than two of them.",
    )

    _one_per_week = models.UniqueIndex("(product_id, warehouse_id, week_on)")

    @api.model
    def _refresh(self):
        """Bring the rows up to the last week that is over: the last weeks again, everything the first time."""
        this_week = monday_of(china_day(fields.Datetime.now()))
        oldest = this_week - timedelta(weeks=WEEKS)
        # Old sales of another system are written anew at the end: here they would look like own weeks.
        self.env.cr.execute(SQL("DELETE FROM cosmetics_demand_week WHERE is_history"))
        start = this_week - timedelta(weeks=AGAIN) if self.search_count([], limit=1) else oldest
        self.env.flush_all()
        self.env.cr.execute(SQL("DELETE FROM cosmetics_demand_week WHERE week_on >= %s OR week_on < %s", start, oldest))
        self.env.cr.execute(self._get_query(start, this_week))
        self._refresh_history()

    @api.model
    def _get_query(self, start, end):
        """Return the statement that adds the weeks from one Monday to before another.

        A week counts from the first day on which the product was there; that week has a row even if nothing happened in it.
        """
        return SQL(
            """
            WITH %(levels)s, %(closed)s, sale AS (
                SELECT product_id, warehouse_id, date_trunc('week', day)::date AS week_on, SUM(sold) AS sold FROM day GROUP BY 1, 2, 3
            ), known AS (
                SELECT DISTINCT product_id, warehouse_id, TRUE AS before FROM cosmetics_demand_week
            ), week AS (
                SELECT product_id, warehouse_id, week_on FROM sale WHERE sold <> 0
                 UNION SELECT product_id, warehouse_id, week_on FROM closed
                 UNION SELECT product_id, warehouse_id, first_week FROM pair LEFT JOIN known USING (product_id, warehouse_id)
                        WHERE before IS NULL
            )
            INSERT INTO cosmetics_demand_week (product_id, warehouse_id, company_id, week_on, sold, open_days, demand)
                 SELECT product_id, warehouse_id, warehouse.company_id, week_on, COALESCE(sold, 0), 7 - COALESCE(days, 0),
                        CASE WHEN COALESCE(days, 0) <= 5 THEN GREATEST(COALESCE(sold, 0), 0) * 7 / (7 - COALESCE(days, 0)) END
                   FROM week
                   JOIN stock_warehouse warehouse ON warehouse.id = week.warehouse_id
              LEFT JOIN pair USING (product_id, warehouse_id)
              LEFT JOIN known USING (product_id, warehouse_id)
              LEFT JOIN sale USING (product_id, warehouse_id, week_on)
              LEFT JOIN closed USING (product_id, warehouse_id, week_on)
                  WHERE week_on >= %(start)s AND week_on < %(end)s AND (before OR week_on >= first_week)
            """,
            levels=self._get_levels_query(start),
            closed=self._get_closed_query(start, end),
            start=start,
            end=end,
        )

    @api.model
    def _get_levels_query(self, start):
        """Return the part that says what lay where at the end of each day on which something moved: what lies there now, less all that
        moved since; and from which week on a product is known in a warehouse.
        """
        return SQL(
            """
            day AS (
                SELECT side.product_id, side.warehouse_id, side.day, SUM(side.change) AS change, SUM(side.sold) AS sold
                  FROM (%(moves)s) side
              GROUP BY 1, 2, 3
            ), now AS (
                SELECT quant.product_id, location.warehouse_id, SUM(quant.quantity) AS quantity
                  FROM stock_quant quant
                  JOIN stock_location location ON location.id = quant.location_id AND location.usage = 'internal'
                 WHERE location.warehouse_id IS NOT NULL
              GROUP BY 1, 2
            ), level AS (
                SELECT day.product_id, day.warehouse_id, day.day, day.change,
                       COALESCE(now.quantity, 0) - COALESCE(SUM(day.change) OVER later, 0) AS closing,
                       LEAD(day.day) OVER earlier AS next_day, ROW_NUMBER() OVER earlier AS number
                  FROM day LEFT JOIN now USING (product_id, warehouse_id)
                WINDOW earlier AS (PARTITION BY day.product_id, day.warehouse_id ORDER BY day.day),
                       later AS (PARTITION BY day.product_id, day.warehouse_id ORDER BY day.day DESC
                                 ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
            ), pair AS (
                SELECT product_id, warehouse_id,
                       CASE WHEN closing - change > 0 THEN %(start)s::date ELSE date_trunc('week', day)::date END AS first_week
                  FROM level WHERE number = 1
             UNION ALL
                SELECT now.product_id, now.warehouse_id, %(start)s::date
                  FROM now LEFT JOIN day USING (product_id, warehouse_id)
                 WHERE now.quantity > 0 AND day.day IS NULL
            )
            """,
            moves=self._get_moves_query(start),
            start=start,
        )

    @api.model
    def _get_closed_query(self, start, end):
        """Return the part that counts the days of each week on which the shelf was empty: those after a day that left nothing, up to the
        next movement.
        """
        return SQL(
            """
            span AS (
                SELECT product_id, warehouse_id, day + 1 AS first, COALESCE(next_day, %(end)s::date) AS until FROM level WHERE closing <= 0
             UNION ALL
                SELECT product_id, warehouse_id, %(start)s::date, day FROM level WHERE number = 1 AND closing - change <= 0
            ), closed AS (
                SELECT span.product_id, span.warehouse_id, week::date AS week_on,
                       SUM(LEAST(span.until, week::date + 7) - GREATEST(span.first, week::date)) AS days
                  FROM span, generate_series(date_trunc('week', span.first::timestamp), span.until - 1, INTERVAL '7 days') week
                 WHERE span.until > span.first
              GROUP BY 1, 2, 3
            )
            """,
            start=start,
            end=end,
        )

    @api.model
    def _get_moves_query(self, start):
        """Return a query of (product, warehouse, day in China, change of stock, units sold) of each side of the done moves since a day."""
        return SQL(
            """
            SELECT line.product_id, location.warehouse_id, (line.date AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Shanghai')::date AS day,
                   side.sign * line.quantity_product_uom AS change,
                   CASE WHEN other.usage = 'customer' THEN -side.sign * line.quantity_product_uom ELSE 0 END AS sold
              FROM stock_move_line line
        CROSS JOIN (VALUES (1), (-1)) AS side(sign)
              JOIN stock_location location
                ON location.id = CASE side.sign WHEN 1 THEN line.location_dest_id ELSE line.location_id END
               AND location.usage = 'internal' AND location.warehouse_id IS NOT NULL
              JOIN stock_location other ON other.id = CASE side.sign WHEN 1 THEN line.location_id ELSE line.location_dest_id END
             WHERE line.state = 'done' AND line.date >= %(moment)s
            """,
            moment=first_moment(start),
        )

    @api.model
    def _get_series(self, start, weeks):
        """Return {(product id, warehouse id): [demand of each week, None where not known]} of so many weeks from a Monday on."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT product_id, warehouse_id, array_agg((week_on - %(start)s) / 7), array_agg(demand::float8)
                  FROM cosmetics_demand_week
                 WHERE week_on < %(end)s
              GROUP BY product_id, warehouse_id
                """,
                start=start,
                end=start + timedelta(weeks=weeks),
            )
        )
        series = {}
        for product, place, numbers, demands in rows:
            first = min(numbers)
            values = [None if week < first else 0.0 for week in range(weeks)]
            for number, demand in zip(numbers, demands, strict=True):
                if number >= 0:
                    values[number] = demand
            series[product, place] = values
        return series
