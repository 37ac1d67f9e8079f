"""The use-by date beside the batch that left."""

from odoo import fields, models


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    # related_sudo: a seller sees which batches the customer has without the right to the warehouse's papers
    lot_expiration_on = fields.Date(related="lot_id.expiration_on", string="Use-by Date of the Batch", related_sudo=True)
