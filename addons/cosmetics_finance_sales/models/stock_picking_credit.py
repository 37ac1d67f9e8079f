"""A delivery says before it is packed that it is held."""

from odoo import api, fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    credit_hold = fields.Text(string="Held", compute="_compute_credit_hold", help="Why the goods may not leave now.")

    @api.depends("state", "move_ids.sale_line_id")
    def _compute_credit_hold(self):
        for picking in self:
            holds = picking._get_credit_holds()
            picking.credit_hold = "\n".join(order._get_credit_hold_sentence(hold) for order, hold in holds.items())

    def _get_credit_holds(self):
        """Return {order: hold} of the deliveries among these transfers that may not leave now."""
        open_moves = self.move_ids.filtered(lambda move: move.state not in ("done", "cancel") and move._is_leaving_on_credit())
        return open_moves.sale_line_id.order_id._get_credit_holds()
