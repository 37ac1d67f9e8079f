"""How often the stock turned."""

from odoo import fields, models
from odoo.tools import SQL

ROWS = """
      WITH recorded AS (
        SELECT company_id, date_trunc('month', day)::date AS month, COUNT(DISTINCT day) AS days
          FROM cosmetics_stock_value_day GROUP BY 1, 2
           ), kept AS (
        SELECT company_id, date_trunc('month', day)::date AS month, product_id, warehouse_id, SUM(value) AS value
          FROM cosmetics_stock_value_day GROUP BY 1, 2, 3, 4
           ), sold AS (
        SELECT move.company_id,
               date_trunc('month', move.date AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Shanghai')::date AS month,
               move.product_id, COALESCE(source.warehouse_id, target.warehouse_id) AS warehouse_id,
               SUM(CASE WHEN target.usage = 'customer' THEN ABS(move.value) ELSE -ABS(move.value) END) AS cost
          FROM stock_move move
          JOIN stock_location source ON source.id = move.location_id
          JOIN stock_location target ON target.id = move.location_dest_id
         WHERE move.state = 'done'
           AND (source.usage = 'internal' AND target.usage = 'customer' OR source.usage = 'customer' AND target.usage = 'internal')
      GROUP BY 1, 2, 3, 4
           ), merged AS (
        SELECT COALESCE(kept.company_id, sold.company_id) AS company_id, COALESCE(kept.month, sold.month) AS month,
               COALESCE(kept.product_id, sold.product_id) AS product_id,
               COALESCE(kept.warehouse_id, sold.warehouse_id) AS warehouse_id,
               COALESCE(kept.value, 0) AS value, COALESCE(sold.cost, 0) AS cost
          FROM kept
     FULL JOIN sold ON sold.company_id = kept.company_id AND sold.month = kept.month
           AND sold.product_id = kept.product_id AND sold.warehouse_id = kept.warehouse_id
           )
    SELECT row_number() OVER (ORDER BY merged.month, merged.product_id, merged.warehouse_id) AS id,
           merged.company_id, merged.month, merged.product_id, template.brand_id, template.categ_id, merged.warehouse_id,
           merged.value / recorded.days AS average_value, merged.cost AS sold_cost, recorded.days,
           1 AS is_kept, CASE WHEN merged.cost > 0 THEN 1 ELSE 0 END AS has_sold,
           merged.cost / NULLIF(merged.value / recorded.days, 0) * 365 / recorded.days AS turnover,
           merged.value / NULLIF(merged.cost, 0) AS cover_days,
           CASE WHEN merged.cost > 0 THEN 1 ELSE 0 END AS selling_share
      FROM merged
      JOIN recorded ON recorded.company_id = merged.company_id AND recorded.month = merged.month
      JOIN product_product product ON product.id = merged.product_id
      JOIN product_template template ON template.id = product.product_tmpl_id
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
    average_value = fields.Monetary(string="Average Stock Value", readonly=True)
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
        return SQL(ROWS)

    def _read_group_select(self, aggregate_spec, query):
        """Divide sums, not average ratios: one shelf warmer would weigh as much as the best seller.

        Of several months the value of a day is weighed by the days recorded, and so is the cost.
        """
        names = ("average_value", "sold_cost", "days", "is_kept", "has_sold")
        value, cost, days, kept, sold = (self._field_to_sql(self._table, name, query) for name in names)
        ratios = {
            "turnover:avg": SQL("SUM(%s) * 365 / NULLIF(SUM(%s * %s), 0)", cost, value, days),
            "cover_days:avg": SQL("SUM(%s * %s) / NULLIF(SUM(%s), 0)", value, days, cost),
            "selling_share:avg": SQL("SUM(%s)::float / NULLIF(SUM(%s), 0)", sold, kept),
        }
        return ratios.get(aggregate_spec) or super()._read_group_select(aggregate_spec, query)
