"""Whether the books say of the stock what the shelves say."""

from odoo import fields, models
from odoo.tools import SQL


class CosmeticsStockLedger(models.Model):
    """The value of the stock of a day beside the balance of the accounts of stock; money in the currency of the company."""

    _name = "cosmetics.stock.ledger"
    _description = "Stock Value and Ledger"
    _auto = False
    _order = "day desc, company_id"
    _rec_name = "day"
    _depends = {
        "account.move.line": ["account_id", "balance", "company_id", "date", "parent_state"],
        "cosmetics.stock.value.day": ["company_id", "day", "value"],
        "product.category": ["property_stock_valuation_account_id"],
        "res.company": ["account_stock_valuation_id"],
    }

    day = fields.Date(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    stock_value = fields.Monetary(readonly=True, aggregator=None)
    ledger_value = fields.Monetary(string="Balance of Stock Accounts", readonly=True, aggregator=None)
    difference = fields.Monetary(readonly=True, aggregator=None, help="What lies there more than the books say.")

    @property
    def _table_query(self):
        """Return the query of the rows: accounts are those of the company and of its product categories."""
        return SQL(
            """
              WITH used AS (
                SELECT id AS company_id, account_stock_valuation_id AS account_id
                  FROM res_company WHERE account_stock_valuation_id IS NOT NULL
                 UNION
                SELECT own.key::int, own.value::int
                  FROM product_category category
                  JOIN jsonb_each_text(category.property_stock_valuation_account_id) own ON own.value IS NOT NULL
                   ), shelves AS (
                SELECT company_id, day, SUM(value) AS value, MIN(id) AS id FROM cosmetics_stock_value_day GROUP BY 1, 2
                   )
            SELECT shelves.id, shelves.day, shelves.company_id, shelves.value AS stock_value,
                   COALESCE(books.balance, 0) AS ledger_value, shelves.value - COALESCE(books.balance, 0) AS difference
              FROM shelves
              LEFT JOIN LATERAL (
                SELECT SUM(line.balance) AS balance
                  FROM account_move_line line
                 WHERE line.company_id = shelves.company_id AND line.parent_state = 'posted' AND line.date <= shelves.day
                   AND line.account_id IN (SELECT used.account_id FROM used WHERE used.company_id = shelves.company_id)
                   ) books ON TRUE
            """
        )
