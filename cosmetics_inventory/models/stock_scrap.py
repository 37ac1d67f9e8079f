from odoo import fields, models


class StockScrap(models.Model):
    _inherit = "stock.scrap"

    disposal_line_id = fields.Many2one(
        "cosmetics.disposal.line", string="Disposed Goods", readonly=True, copy=False, index="btree_not_null"
    )
    disposal_id = fields.Many2one(related="disposal_line_id.disposal_id")
