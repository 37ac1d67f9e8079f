"""Deliveries that become ready or leave are steps of their orders."""

from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_assign(self, *args, **kwargs):
        """Tell the timelines once for all deliveries that became ready together."""
        waiting = self.picking_id.filtered(lambda picking: picking.state not in ("assigned", "done", "cancel"))
        res = super()._action_assign(*args, **kwargs)
        waiting.filtered(lambda picking: picking.state == "assigned")._tell_orders_ready()
        return res

    def _action_done(self, *args, **kwargs):
        """Tell the timelines once for all deliveries that left together."""
        open_pickings = self.picking_id.filtered(lambda picking: picking.state != "done")
        res = super()._action_done(*args, **kwargs)
        open_pickings.exists().filtered(lambda picking: picking.state == "done")._tell_orders_done()
        return res
