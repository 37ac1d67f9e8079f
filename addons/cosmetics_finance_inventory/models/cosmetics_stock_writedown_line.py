from odoo import fields, models


class CosmeticsStockWritedownLine(models.Model):
    """A batch: what it cost, what it will bring, and the provision between the two."""

    _name = "cosmetics.stock.writedown.line"
    _description = "Batch of a Provision"
    _order = "writedown_id, needed desc, id"
    _rec_name = "product_id"

    writedown_id = fields.Many2one("cosmetics.stock.writedown", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="writedown_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="writedown_id.currency_id")
    product_id = fields.Many2one("product.product", required=True, readonly=True)
    lot_id = fields.Many2one("stock.lot", string="Batch", required=True, readonly=True, index=True)
    expiration_on = fields.Date(string="Use-by Date", readonly=True)
    quantity = fields.Float(readonly=True, digits="Product Unit")
    cost = fields.Monetary(readonly=True, help="Of all of them.")
    price = fields.Monetary(string="Expected Price", readonly=True, help="Of all of them: marked down, without VAT; 0 when not for sale.")
    before = fields.Monetary(string="Provision Before", readonly=True)
    used_sales = fields.Monetary(string="Used by Sales", readonly=True)
    used_disposals = fields.Monetary(string="Used by Disposals", readonly=True)
    change = fields.Monetary(readonly=True)
    needed = fields.Monetary(string="Provision Needed", readonly=True)
