"""What a shop sold before it came to this system: figures that lead the forecast, and nothing else."""

from odoo import fields, models

KINDS = [("day", "Day"), ("week", "Week"), ("month", "Month")]


class CosmeticsSalesHistory(models.Model):
    """Units of a product that a shop sold in a day, week or month. Neither in the stock nor in the books; imports alone write it."""

    _name = "cosmetics.sales.history"
    _description = "Sales before the System"
    _order = "date_from desc, warehouse_id, product_id, id"
    _rec_name = "product_id"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True, ondelete="cascade")
    brand_id = fields.Many2one(related="product_id.brand_id")
    warehouse_id = fields.Many2one("stock.warehouse", required=True, readonly=True, index=True, ondelete="cascade")
    kind = fields.Selection(KINDS, string="Period", required=True, readonly=True)
    date_from = fields.Date(string="From", required=True, readonly=True, index=True)
    date_to = fields.Date(string="Until", required=True, readonly=True)
    quantity = fields.Float(string="Sold", digits="Product Unit", readonly=True)
    amount = fields.Monetary(string="Sales Amount", readonly=True)
    import_id = fields.Many2one("cosmetics.sales.history.import", string="From Import", required=True, readonly=True, index=True)
    row_ids = fields.One2many("cosmetics.sales.history.row", "history_id", string="Log", readonly=True)

    _one_per_period = models.UniqueIndex(
        "(product_id, warehouse_id, kind, date_from)", "The sales of this product in this shop and period are known already."
    )
    _period_sane = models.Constraint("CHECK (date_from <= date_to)", "A period ends after it begins.")
