from odoo import fields, models

from .cosmetics_sales_history import KINDS

LEVELS = [("new", "New Figure"), ("changed", "Replaces"), ("same", "Known"), ("ignored", "Not Counted"), ("refused", "Not Accepted")]


class CosmeticsSalesHistoryRow(models.Model):
    """A row of a file and the verdict on it; of an import that was done it is the log of what replaced what."""

    _name = "cosmetics.sales.history.row"
    _description = "Row of Old Sales"
    _order = "import_id desc, level desc, id"
    _log_access = False

    import_id = fields.Many2one("cosmetics.sales.history.import", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="import_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    file_name = fields.Char(string="File", readonly=True)
    number = fields.Integer(string="Row", readonly=True, aggregator=None)
    told_product = fields.Char(string="Product in the File", readonly=True)
    told_shop = fields.Char(string="Shop in the File", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True, ondelete="set null", index="btree_not_null")
    warehouse_id = fields.Many2one("stock.warehouse", readonly=True, ondelete="set null")
    kind = fields.Selection(KINDS, string="Period", readonly=True)
    date_from = fields.Date(string="From", readonly=True)
    quantity = fields.Float(string="Sold", digits="Product Unit", readonly=True)
    amount = fields.Monetary(string="Sales Amount", readonly=True)
    old_quantity = fields.Float(
        string="Sold, until Now", digits="Product Unit", readonly=True, help="What was known of the period before this file."
    )
    level = fields.Selection(LEVELS, string="Verdict", required=True, readonly=True, index=True)
    reason = fields.Char(readonly=True)
    history_id = fields.Many2one("cosmetics.sales.history", readonly=True, ondelete="set null", index="btree_not_null")
