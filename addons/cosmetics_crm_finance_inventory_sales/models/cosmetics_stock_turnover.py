"""What the stock earns: gross margin by the money that lies in it."""

from odoo import api, fields, models
from odoo.tools import SQL

# Who may read what the shop earns, see ``cosmetics.profit``.
READERS = "account.group_account_readonly"


class CosmeticsStockTurnover(models.Model):
    """Revenue is that of gross profit, cost that of what left the stock; fees, samples and losses are no part of this margin."""

    _inherit = "cosmetics.stock.turnover"
    _depends = {
        "account.move": ["date", "move_type", "state"],
        "account.move.line": ["account_id", "balance", "display_type", "move_id", "product_id"],
        "cosmetics.store": ["warehouse_id"],
        "pos.config": ["store_id"],
        "pos.order": ["account_move", "date_order", "session_id", "state"],
        "pos.order.line": ["order_id", "price_subtotal", "product_id", "reward_id"],
        "product.template": ["is_storable"],
        "sale.order": ["warehouse_id"],
        "sale.order.line": ["order_id", "reward_id"],
    }

    sold_revenue = fields.Monetary(
        string="Sales Revenue",
        readonly=True,
        groups=READERS,
        help="Of invoices and tills, without VAT, after discounts, coupons and points.",
    )
    gross_margin = fields.Monetary(
        readonly=True, groups=READERS, help="Sales revenue less cost of sales, on the days of which the stock is known."
    )
    gmroi = fields.Float(
        string="GMROI (a Year)",
        digits=(16, 2),
        readonly=True,
        aggregator="avg",
        groups=READERS,
        help="Gross margin return on inventory: the gross margin of a year of such days by the average stock at cost. 2.5 says that each "
        "yuan in the stock earns 2.50 a year.",
    )

    @api.model
    def _get_parts(self):
        """Add the revenue of goods that are kept in stock; a till sells from the warehouse of its store."""
        return [
            *super()._get_parts(),
            SQL(
                """
                SELECT part.company_id, part.date, part.product_id, COALESCE(part.warehouse_id, store.warehouse_id), 0.0, 0.0, part.revenue
                  FROM (%s) part
                  JOIN product_product product ON product.id = part.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id AND template.is_storable
             LEFT JOIN cosmetics_store store ON store.id = part.store_id
                """,
                SQL(" UNION ALL ").join(self.env["cosmetics.profit"]._get_revenue_parts()),
            ),
        ]

    @api.model
    def _get_columns(self):
        return {
            **super()._get_columns(),
            "sold_revenue": SQL("merged.revenue"),
            "gross_margin": SQL("merged.revenue - merged.cost"),
            "gmroi": SQL("(merged.revenue - merged.cost) * 365 / NULLIF(merged.value, 0)"),
        }

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """The return of many rows is that of their sums; the ORM asks whether the margin may be read."""
        if aggregate_spec != "gmroi:avg":
            return super()._read_group_select(aggregate_spec, query)
        margin, value, days = (self._field_to_sql(self._table, name, query) for name in ("gross_margin", "average_value", "days"))
        return SQL("SUM(%s) * 365 / NULLIF(SUM(%s * %s), 0)", margin, value, days)
