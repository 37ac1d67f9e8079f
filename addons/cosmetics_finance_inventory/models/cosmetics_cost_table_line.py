from odoo import fields, models

FLOWS = ("purchased", "sold", "disposed", "used", "counted", "other")


class CosmeticsCostTableLine(models.Model):
    """A product category in a month: opening + flows + revaluation = closing. What leaves is negative."""

    _name = "cosmetics.cost.table.line"
    _description = "Row of a Cost Table"
    _order = "table_id, closing desc, id"
    _rec_name = "categ_id"

    table_id = fields.Many2one("cosmetics.cost.table", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="table_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="table_id.currency_id")
    month = fields.Date(related="table_id.month", store=True)
    categ_id = fields.Many2one("product.category", string="Product Category", required=True, readonly=True, ondelete="cascade")
    opening = fields.Monetary(readonly=True, aggregator=None)
    purchased = fields.Monetary(readonly=True, help="Received less sent back, landed costs included.")
    sold = fields.Monetary(string="Cost of Sales", readonly=True, help="Delivered less taken back.")
    disposed = fields.Monetary(string="Disposals", readonly=True)
    used = fields.Monetary(string="Testers and Samples", readonly=True)
    counted = fields.Monetary(string="Stocktaking Differences", readonly=True)
    other = fields.Monetary(string="Other Moves", readonly=True)
    revalued = fields.Monetary(string="Revaluation", readonly=True, help="Changes of cost prices: what no movement explains.")
    closing = fields.Monetary(readonly=True, aggregator=None)
