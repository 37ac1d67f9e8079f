"""The line of an after-sale behind a returned move."""

from odoo import fields, models


class StockReturnPickingLine(models.TransientModel):
    _inherit = "stock.return.picking.line"

    aftersale_line_id = fields.Many2one("cosmetics.aftersale.line", readonly=True)

    def _prepare_move_default_values(self, new_picking):
        vals = super()._prepare_move_default_values(new_picking)
        if self.aftersale_line_id:
            vals["aftersale_line_id"] = self.aftersale_line_id.id
        return vals
