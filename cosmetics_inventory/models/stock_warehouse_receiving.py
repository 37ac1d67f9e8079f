"""The stores that keep their goods in a warehouse."""

from odoo import fields, models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    # For record rules: what lies in the warehouse is for the people of its stores.
    store_ids = fields.One2many("cosmetics.store", "warehouse_id", string="Stores")

    def _get_store(self):
        """Return the shop whose goods this warehouse keeps: of several rather a place than the web shop."""
        return self.store_ids.sorted(lambda store: (store.kind == "online", store.sequence, store.id))[:1]
