"""How right the books were, and whose counting found it."""

from odoo import api, fields, models
from odoo.tools import SQL


class CosmeticsStockCountAccuracy(models.Model):
    """One row for each line of a posted count and each person who counted it last.

    A line that several people counted together is split between them, so that the sums over people and over shops agree.
    Values are at cost, in the currency of the company.
    """

    _name = "cosmetics.stock.count.accuracy"
    _description = "Accuracy of Stock Counts"
    _auto = False
    _order = "posted_at desc, id"
    _rec_name = "count_id"
    _depends = {
        "cosmetics.stock.count": ["company_id", "posted_at", "state", "store_id", "warehouse_id"],
        "cosmetics.stock.count.entry": ["line_id", "reversed_entry_id", "round", "user_id"],
        "cosmetics.stock.count.line": ["count_id", "difference_quantity", "difference_value", "product_id", "reason_id", "round"],
        "product.product": ["product_tmpl_id"],
        "product.template": ["brand_id", "categ_id"],
    }

    count_id = fields.Many2one("cosmetics.stock.count", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    warehouse_id = fields.Many2one("stock.warehouse", readonly=True)
    store_id = fields.Many2one("cosmetics.store", readonly=True)
    posted_at = fields.Datetime(readonly=True)
    user_id = fields.Many2one("res.users", string="Counted by", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    brand_id = fields.Many2one("cosmetics.brand", readonly=True)
    categ_id = fields.Many2one("product.category", string="Product Category", readonly=True)
    reason_id = fields.Many2one("cosmetics.stock.count.reason", readonly=True)
    counted_lines = fields.Float(digits=(16, 2), readonly=True)
    right_lines = fields.Float(digits=(16, 2), readonly=True, help="Lines without a difference.")
    accuracy = fields.Float(string="Accuracy (%)", digits=(16, 1), readonly=True, aggregator="avg", help="Lines right of lines counted.")
    difference_value = fields.Monetary(readonly=True)
    gross_value = fields.Monetary(string="Value of All Differences", readonly=True, help="Missing and too many added up.")

    @property
    def _table_query(self):
        """Return the query of the rows."""
        return SQL(
            """
              WITH live AS (
                SELECT entry.id, entry.line_id, entry.round, entry.user_id
                  FROM cosmetics_stock_count_entry entry
                 WHERE entry.reversed_entry_id IS NULL
                   AND NOT EXISTS (SELECT 1 FROM cosmetics_stock_count_entry undo WHERE undo.reversed_entry_id = entry.id)
                   )
            SELECT min(entry.id) AS id,
                   line.count_id,
                   head.company_id,
                   head.warehouse_id,
                   head.store_id,
                   head.posted_at,
                   entry.user_id,
                   line.product_id,
                   template.brand_id,
                   template.categ_id,
                   line.reason_id,
                   1.0 / people.number AS counted_lines,
                   CASE WHEN line.difference_quantity = 0 THEN 1.0 / people.number ELSE 0 END AS right_lines,
                   CASE WHEN line.difference_quantity = 0 THEN 100.0 ELSE 0 END AS accuracy,
                   line.difference_value / people.number AS difference_value,
                   abs(line.difference_value) / people.number AS gross_value
              FROM cosmetics_stock_count_line line
              JOIN cosmetics_stock_count head ON head.id = line.count_id AND head.state = 'posted'
              JOIN live entry ON entry.line_id = line.id AND entry.round = line.round
              JOIN (
                    SELECT line_id, round, count(DISTINCT user_id) AS number FROM live GROUP BY line_id, round
                   ) people ON people.line_id = line.id AND people.round = line.round
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
          GROUP BY line.id, head.id, entry.user_id, template.id, people.number
            """
        )

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """A line that two people counted weighs as one: lines right by lines counted, not an average of rows."""
        if aggregate_spec != "accuracy:avg":
            return super()._read_group_select(aggregate_spec, query)
        right, counted = (self._field_to_sql(self._table, name, query) for name in ("right_lines", "counted_lines"))
        return SQL("100 * SUM(%s) / NULLIF(SUM(%s), 0)", right, counted)
