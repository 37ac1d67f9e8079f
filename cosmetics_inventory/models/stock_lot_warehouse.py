"""The warehouses a batch lies in, or lay in."""

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import SQL


class StockLot(models.Model):
    _inherit = "stock.lot"

    # "Is or was": what once lay in a shop stays the shop's concern, in an inspection by the authority and in a recall.
    stocked_warehouse_ids = fields.Many2many(
        "stock.warehouse", "cosmetics_stock_lot_warehouse_rel", string="Kept in Warehouses", readonly=True, copy=False
    )

    def _note_warehouse(self, warehouse):
        """Remember that these batches lie, or lay, in a warehouse."""
        new = self.sudo().filtered(lambda lot: warehouse not in lot.stocked_warehouse_ids)  # sudo: a mark of the system
        new.write({"stocked_warehouse_ids": [Command.link(warehouse.id)]})

    @api.model
    def _complete_existing_lots(self):
        """Batches of before have moved already: their shops shall see the records of what they keep."""
        res = super()._complete_existing_lots()
        self._note_existing_warehouses()
        return res

    @api.model
    def _note_existing_warehouses(self):
        """Remember for all batches where they arrived and where they lie, from done moves and from the stock; may run again."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO cosmetics_stock_lot_warehouse_rel (stock_lot_id, stock_warehouse_id)
                SELECT line.lot_id, place.warehouse_id
                  FROM stock_move_line line
                  JOIN stock_location place ON place.id = line.location_dest_id
                 WHERE line.state = 'done' AND line.lot_id IS NOT NULL AND place.warehouse_id IS NOT NULL
                 UNION
                SELECT quant.lot_id, place.warehouse_id
                  FROM stock_quant quant
                  JOIN stock_location place ON place.id = quant.location_id
                 WHERE quant.quantity != 0 AND quant.lot_id IS NOT NULL AND place.warehouse_id IS NOT NULL
                    ON CONFLICT DO NOTHING
                """
            )
        )
        self.invalidate_model(["stocked_warehouse_ids"])
