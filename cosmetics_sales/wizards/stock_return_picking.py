"""A return that belongs to an after-sale goes to the place of returns."""

from odoo import fields, models


class StockReturnPicking(models.TransientModel):
    _inherit = "stock.return.picking"

    aftersale_id = fields.Many2one("cosmetics.aftersale", readonly=True)
    aftersale_location_id = fields.Many2one("stock.location", readonly=True)

    def _prepare_picking_default_values_based_on(self, picking):
        vals = super()._prepare_picking_default_values_based_on(picking)
        if self.aftersale_id:
            vals.update(aftersale_id=self.aftersale_id.id, location_dest_id=self.aftersale_location_id.id, origin=self.aftersale_id.name)
        return vals
