"""How often the stock turned."""

from odoo import api, fields, models
from odoo.tools import SQL

# The sums of a row, and what is worked out of them; `days` are those of the month that were written down.
ROWS = """
      WITH recorded AS (
        SELECT company_id, day FROM cosmetics_stock_value_day GROUP BY 1, 2
           ), months AS (
        SELECT company_id, date_trunc('month', day)::date AS month, COUNT(*) AS days FROM recorded GROUP BY 1, 2
           ), merged AS (
        SELECT part.company_id, date_trunc('month', part.day)::date AS month, part.product_id, part.warehouse_id,
               SUM(part.value) AS value, SUM(part.cost) AS cost, SUM(part.revenue) AS revenue
          FROM (%(parts)s) part
          -- What was sold on days of which the stock is not known would make the stock look quick.
          JOIN recorded ON recorded.company_id = part.company_id AND recorded.day = part.day
      GROUP BY 1, 2, 3, 4
           )
    SELECT row_number() OVER (ORDER BY merged.month, merged.product_id, merged.warehouse_id) AS id,
           merged.company_id, merged.month, merged.product_id, template.brand_id, template.categ_id, merged.warehouse_id, months.days,
           %(columns)s
      FROM merged
      JOIN months ON months.company_id = merged.company_id AND months.month = merged.month
      JOIN product_product product ON product.id = merged.product_id
      JOIN product_template template ON template.id = product.product_tmpl_id
"""
VALUES = "SELECT company_id, day, product_id, warehouse_id, value, 0.0 AS cost, 0.0 AS revenue FROM cosmetics_stock_value_day"
SALES = """
        SELECT move.company_id, (move.date AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Shanghai')::date,
               move.product_id, COALESCE(source.warehouse_id, target.warehouse_id), 0.0,
               CASE WHEN target.usage = 'customer' THEN ABS(move.value) ELSE -ABS(move.value) END, 0.0
          FROM stock_move move
          JOIN stock_location source ON source.id = move.location_id
          JOIN stock_location target ON target.id = move.location_dest_id
         WHERE move.state = 'done'
           AND (source.usage = 'internal' AND target.usage = 'customer' OR source.usage = 'customer' AND target.usage = 'internal')
"""


class CosmeticsStockTurnover(models.Model):
    """A product in a warehouse in a month. Ratios of groups are ratios of sums; money in the currency of the company.

    The average value of a month is that of the days that were written down, so that a month under way counts as it is.
    """

    _name = "cosmetics.stock.turnover"
    _description = "Stock Turnover"
    _auto = False
    _order = "month desc, sold_cost desc, id"
    _rec_name = "product_id"
    _depends = {
        "cosmetics.stock.value.day": ["company_id", "day", "product_id", "quantity", "value", "warehouse_id"],
        "product.product": ["product_tmpl_id"],
        "product.template": ["brand_id", "categ_id"],
        "stock.location": ["usage", "warehouse_id"],
        "stock.move": ["company_id", "date", "location_dest_id", "location_id", "product_id", "state", "value"],
    }

    month = fields.Date(readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    brand_id = fields.Many2one("cosmetics.brand", readonly=True)
    categ_id = fields.Many2one("product.category", string="Product Category", readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    average_value = fields.Monetary(
        string="Average Stock Value",
        readonly=True,
        aggregator="avg",
        help="Of the days that were written down; of several months it is the average of all their days, not their sum.",
    )
    sold_cost = fields.Monetary(string="Cost of Sales", readonly=True, help="Cost of what went to customers, less what they returned.")
    days = fields.Integer(string="Days Recorded", readonly=True, aggregator="max")
    is_kept = fields.Integer(string="Products Kept", readonly=True)
    has_sold = fields.Integer(string="Products Sold", readonly=True)
    turnover = fields.Float(
        string="Turnover (a Year)",
        digits=(16, 2),
        readonly=True,
        aggregator="avg",
        help="How often the stock would turn in a year of such days.",
    )
    cover_days = fields.Float(
        string="Days of Stock", digits=(16, 1), readonly=True, aggregator="avg", help="How long the average stock lasts."
    )
    selling_share = fields.Float(string="Share That Sold", readonly=True, aggregator="avg", help="Of the products that are kept.")

    @property
    def _table_query(self):
        """Return the query of the rows."""
        columns = [SQL("%s AS %s", expression, SQL.identifier(name)) for name, expression in self._get_columns().items()]
        return SQL(ROWS, parts=SQL(" UNION ALL ").join(self._get_parts()), columns=SQL(", ").join(columns))

    @api.model
    def _get_parts(self):
        """Return the queries that are summed by month; an override adds its own.

        Columns, in this order: company_id, day (China), product_id, warehouse_id, value (of the stock at the end of the day), cost (of what
        was sold), revenue (without tax).
        """
        return [SQL(VALUES), SQL(SALES)]

    @api.model
    def _get_columns(self):
        """Return {name of a field: expression of its column} over the sums ``merged`` and the ``months``; an override adds its own."""
        return {
            "average_value": SQL("merged.value / months.days"),
            "sold_cost": SQL("merged.cost"),
            "is_kept": SQL("CASE WHEN merged.value <> 0 OR merged.cost <> 0 THEN 1 ELSE 0 END"),
            "has_sold": SQL("CASE WHEN merged.cost > 0 THEN 1 ELSE 0 END"),
            "turnover": SQL("merged.cost * 365 / NULLIF(merged.value, 0)"),
            "cover_days": SQL("merged.value / NULLIF(merged.cost, 0)"),
            "selling_share": SQL("CASE WHEN merged.cost > 0 THEN 1 ELSE 0 END"),
        }

    def _read_group_select(self, aggregate_spec, query):
        """Divide sums, not average ratios: one shelf warmer would weigh as much as the best seller.

        Of several months the value of a day is weighed by the days recorded, and so is the cost.
        """
        names = ("average_value", "sold_cost", "days", "is_kept", "has_sold", "month", "company_id")
        value, cost, days, kept, sold, month, company = (self._field_to_sql(self._table, name, query) for name in names)
        ratios = {
            "average_value:avg": SQL("SUM(%s * %s) / NULLIF(%s, 0)", value, days, self._get_days_sql(month, company, days)),
            "turnover:avg": SQL("SUM(%s) * 365 / NULLIF(SUM(%s * %s), 0)", cost, value, days),
            "cover_days:avg": SQL("SUM(%s * %s) / NULLIF(SUM(%s), 0)", value, days, cost),
            "selling_share:avg": SQL("SUM(%s)::float / NULLIF(SUM(%s), 0)", sold, kept),
        }
        return ratios.get(aggregate_spec) or super()._read_group_select(aggregate_spec, query)

    @api.model
    def _get_days_sql(self, month, company, days):
        """Return the days recorded of the months of a group, each month once however many products it has; of several companies their mean.

        A month in which nothing of the group was kept or sold has no row and does not count.

        SQL sums no column once for each value of another, but it sums distinct numbers: those of the months, ending in two digits of days.
        """
        key = SQL("(EXTRACT(YEAR FROM %s) * 12 + EXTRACT(MONTH FROM %s)) * 100000 + %s", month, month, company)
        told = SQL("SUM(DISTINCT (%s) * 100 + %s) - SUM(DISTINCT (%s) * 100)", key, days, key)
        return SQL("((%s) / COUNT(DISTINCT %s))", told, company)
