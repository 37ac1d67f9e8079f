"""Transfers of after-sales."""

from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    aftersale_id = fields.Many2one(
        "cosmetics.aftersale", string="After-Sale", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )

    def _action_done(self):
        """Goods of a buyer that came back wait for inspection, whichever button booked them in."""
        res = super()._action_done()
        # sudo: whoever books in the goods need not handle after-sales
        waiting = (
            self.sudo().filtered(lambda picking: picking.state == "done").aftersale_id.filtered(lambda record: record.state == "waiting")
        )
        here = waiting.filtered(lambda record: all(picking.state in ("done", "cancel") for picking in record.picking_ids))
        if here:
            here._after_receive(fields.Datetime.now())
        return res
