"""The stores of a warehouse; no till of it invents a batch."""

from odoo import fields, models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    store_ids = fields.One2many("cosmetics.store", "warehouse_id", string="Stores", help="The stores whose goods are kept here.")

    def _get_picking_type_create_values(self, max_sequence):
        values, max_sequence = super()._get_picking_type_create_values(max_sequence)
        values["pos_type_id"]["use_create_lots"] = False
        return values, max_sequence
