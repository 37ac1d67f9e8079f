"""The stores that keep their goods in a warehouse."""

from odoo import fields, models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    # For record rules: what lies in the warehouse is for the people of its stores.
    store_ids = fields.One2many("cosmetics.store", "warehouse_id", string="Stores")
