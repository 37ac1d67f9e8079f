"""Gross profit: what invoices and tills brought, less what the goods cost, fees, samples and losses."""

from odoo import api, fields, models
from odoo.tools import SQL

SOURCES = [("invoice", "Invoice"), ("till", "Till"), ("delivery", "Cost of Goods"), ("fee", "Platform Fee"), ("loss", "Goods Gone Unsold")]


class CosmeticsProfit(models.Model):
    """One row a part of the profit; parts are summed, never compared line by line.

    Revenue stands on the day of its invoice or ticket, the cost on the day on which the goods moved (China), each without VAT and in the
    currency of the company: so a month's revenue is that of the income accounts, and a month's cost that of the cost table. Rewards
    (points, coupons) and fees of platforms are spread over the goods of their invoice, ticket or order by value.
    """

    _name = "cosmetics.profit"
    _description = "Gross Profit"
    _auto = False
    _order = "date desc, id"
    _rec_name = "product_id"
    _depends = {
        "account.move": ["date", "move_type", "partner_id", "state"],
        "account.move.line": ["account_id", "balance", "discount", "display_type", "move_id", "product_id", "quantity"],
        "cosmetics.settlement.line": ["amount", "at", "channel_id", "kind", "order_id"],
        "cosmetics.stock.loss": ["date", "kind", "lot_id", "product_id", "state", "store_id", "total"],
        "cosmetics.store": ["active", "kind", "sequence", "warehouse_id"],
        "pos.config": ["store_id"],
        "pos.order": ["account_move", "date_order", "partner_id", "session_id", "state"],
        "pos.order.line": ["discount", "order_id", "price_subtotal", "product_id", "qty", "reward_id"],
        "product.template": ["brand_id", "categ_id", "series_id"],
        "res.partner": ["member_tier_id"],
        "sale.order": ["channel_id", "partner_id", "warehouse_id"],
        "sale.order.line": ["order_id", "price_subtotal", "product_id", "reward_id"],
        "stock.move": ["date", "is_in", "is_out", "picking_id", "product_id", "sale_line_id", "state", "value"],
        "stock.move.line": ["lot_id", "move_id", "quantity_product_uom"],
    }

    source = fields.Selection(SOURCES, readonly=True)
    date = fields.Date(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one("product.category", string="Product Category", readonly=True)
    brand_id = fields.Many2one("cosmetics.brand", readonly=True)
    series_id = fields.Many2one("cosmetics.series", readonly=True)
    lot_id = fields.Many2one("stock.lot", string="Batch", readonly=True)
    store_id = fields.Many2one("cosmetics.store", readonly=True)
    channel_id = fields.Many2one("cosmetics.channel", string="Sales Channel", readonly=True)
    tier_id = fields.Many2one("cosmetics.member.tier", readonly=True, help="Of the member today.")
    quantity = fields.Float(digits="Product Unit", readonly=True, help="Sold, in the unit of the product.")
    discount = fields.Monetary(readonly=True, help="Discounts, coupons and points: lessen the revenue already.")
    revenue = fields.Monetary(readonly=True, help="Without VAT, after discounts.")
    cost = fields.Monetary(string="Cost of Goods", readonly=True, help="Actual value of what was delivered, landed costs included.")
    fee = fields.Monetary(string="Platform Fees", readonly=True)
    used = fields.Monetary(string="Testers and Samples", readonly=True)
    lost = fields.Monetary(string="Losses", readonly=True, help="Disposals and count differences, with input VAT transferred out.")
    profit = fields.Monetary(string="Gross Profit", readonly=True, help="Revenue less cost, fees, testers and losses.")
    margin_percent = fields.Float(
        string="Margin (%)", readonly=True, aggregator="avg", digits=(16, 1), help="Gross profit in percent of revenue."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT part.id, part.source, part.date, part.company_id, part.product_id, part.lot_id, part.channel_id,
                   template.categ_id, template.brand_id, template.series_id,
                   COALESCE(part.store_id, place.store_id) AS store_id, partner.member_tier_id AS tier_id,
                   part.quantity, part.discount, part.revenue, part.cost, part.fee, part.used, part.lost,
                   part.revenue - part.cost - part.fee - part.used - part.lost AS profit,
                   100 * (part.revenue - part.cost - part.fee - part.used - part.lost) / NULLIF(part.revenue, 0) AS margin_percent
              FROM (%(parts)s) part
         LEFT JOIN product_product product ON product.id = part.product_id
         LEFT JOIN product_template template ON template.id = product.product_tmpl_id
         LEFT JOIN res_partner partner ON partner.id = part.partner_id
         LEFT JOIN (
                -- A warehouse that several stores share counts for one of them: rather a place than the web shop.
                SELECT DISTINCT ON (warehouse_id) warehouse_id, id AS store_id
                  FROM cosmetics_store
                 WHERE active AND warehouse_id IS NOT NULL
              ORDER BY warehouse_id, (kind = 'online'), sequence, id
                   ) place ON place.warehouse_id = part.warehouse_id
            """,
            parts=SQL(" UNION ALL ").join(self._get_parts()),
        )

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """A margin of many rows is that of their sums."""
        if aggregate_spec != "margin_percent:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "100 * SUM(%(profit)s) / NULLIF(SUM(%(revenue)s), 0)",
            profit=self._field_to_sql(self._table, "profit", query),
            revenue=self._field_to_sql(self._table, "revenue", query),
        )
