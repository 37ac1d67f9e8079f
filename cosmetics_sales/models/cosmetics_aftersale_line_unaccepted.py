"""Goods that are not accepted go back to whom they belong: the buyer."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class CosmeticsAftersaleLine(models.Model):
    """What is not accepted is no return: no money goes back, and the goods stay the buyer's own (民法典 art. 240).

    They are neither sold again nor destroyed without the buyer, but sent back, with the reason, before the day on which a refund would
    have been due.
    """

    _inherit = "cosmetics.aftersale.line"

    result = fields.Selection(selection_add=[("buyer", "Back to the Buyer")])

    def _check_inspected(self):
        """Whoever keeps the money says why."""
        res = super()._check_inspected()
        if self.result == "buyer" and not (self.inspection_note or "").strip():
            raise UserError(
                self.env._("%s: write in the inspection findings why it is not accepted; the buyer is told.", self.product_id.display_name)
            )
        return res

    def _get_accepted_quantity(self):
        """Return how much came back and stays: only that is refunded or exchanged."""
        self.ensure_one()
        return 0.0 if self.result == "buyer" and self.inspected_at else self.received_quantity

    def _get_away_quantity(self):
        """Return how much came back and is still with us."""
        self.ensure_one()
        moves = self.return_move_ids.filtered(lambda move: move.state == "done" and move._is_going_home())
        return self.received_quantity - sum(move.product_uom._compute_quantity(move.quantity, self.uom_id) for move in moves)

    def _apply_results(self):
        res = super()._apply_results()
        # sudo: the inspection is the permission; a line that is not accepted is worth nothing to the buyer
        refused = self.sudo().filtered(lambda line: line.result == "buyer")
        refused.write({"amount": 0.0})
        for aftersale in refused.aftersale_id:
            refused.filtered(lambda line, aftersale=aftersale: line.aftersale_id == aftersale)._send_home()
        return res

    def _send_home(self):
        """Prepare the parcel to the buyer; it leaves when a keeper has entered the courier number and shipped it."""
        aftersale = self.aftersale_id
        warehouse = aftersale.warehouse_id
        place = warehouse._get_aftersale_location()
        target = self.return_move_ids.location_id.filtered(lambda location: location.usage == "customer")[:1]
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": warehouse.out_type_id.id,
                "partner_id": aftersale.order_id.partner_shipping_id.id,
                "location_id": place.id,
                "location_dest_id": target.id,
                "origin": aftersale.name,
                "aftersale_id": aftersale.id,
                "move_ids": [Command.create({**line._prepare_home_move_vals(), "location_dest_id": target.id}) for line in self],
            }
        )
        picking.action_confirm()
        for move in picking.move_ids:
            line = move.aftersale_line_id
            move.move_line_ids.unlink()
            vals = {**line._prepare_move_line_vals(move), **line._prepare_restock_line_vals(), "quantity": move.product_uom_qty}
            move.move_line_ids = [Command.create(vals)]
        self._tell_not_accepted()

    def _prepare_home_move_vals(self):
        """Return the values of the move that takes goods back to the buyer; the order counts them as delivered again."""
        back = self.return_move_ids.filtered(lambda move: move.state == "done")[:1]
        return {
            **self._prepare_goods_vals(),
            "location_id": self.aftersale_id.warehouse_id._get_aftersale_location().id,
            "sale_line_id": self.order_line_id.id,
            "origin_returned_move_id": back.id,
            "to_refund": self.kind == "return",
            "date_deadline": self.aftersale_id.refund_due_on,
        }

    def _tell_not_accepted(self):
        """Put on the timeline, for the buyer as well, what is not accepted and why."""
        for line in self:
            facts = {"what": "not_accepted", "product": line.product_id.display_name, "reason": line.inspection_note}
            line.order_id._record_event("returned", facts=facts)
