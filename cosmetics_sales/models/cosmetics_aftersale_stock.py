"""Goods that come back: into a place of their own, inspected, then on."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class CosmeticsAftersale(models.Model):
    _inherit = "cosmetics.aftersale"

    def _create_return_pickings(self):
        """Create the transfers that wait for the goods, linked to the deliveries: one for each delivery they came from."""
        self.ensure_one()
        place = self.warehouse_id._get_aftersale_location()
        wanted = {}
        for line in self.line_ids:
            for move, quantity in line._split_by_delivery(wanted).items():
                wanted[line, move] = quantity
        for picking in self.env["stock.picking"].union(*(move.picking_id for _line, move in wanted)):
            parts = {line_move: quantity for line_move, quantity in wanted.items() if line_move[1].picking_id == picking}
            wizard = self.env["stock.return.picking"].create(
                {"picking_id": picking.id, "aftersale_id": self.id, "aftersale_location_id": place.id}
            )
            wizard.product_return_moves = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "product_id": line.product_id.id,
                            "quantity": line.uom_id._compute_quantity(quantity, move.product_uom),
                            "move_id": move.id,
                            "to_refund": self.kind == "return",
                            "aftersale_line_id": line.id,
                        }
                    )
                    for (line, move), quantity in parts.items()
                ),
            ]
            wizard._create_return()

    def _cancel_pickings(self):
        """Nothing is awaited any more."""
        # sudo: clerks cancel what the after-sale has planned, without rights to the transfers of the warehouse
        self.sudo().picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel")).action_cancel()

    def _receive_goods(self):
        """Book in the quantities and batches that were entered; what did not come is not awaited any more."""
        self.ensure_one()
        lines = self.line_ids
        if not any(lines.mapped("received_quantity")):
            raise UserError(self.env._("%s: enter how much of each product came back.", self.name))
        for line in lines.filtered("received_quantity"):
            line._check_received()
        # sudo: which shop's goods these are has been decided by the right to the after-sale
        pickings = self.sudo().picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        for line in lines.sudo():
            line._fill_return_moves()
        pickings.with_context(cancel_backorder=True)._action_done()
        if any(picking.state != "done" for picking in pickings.filtered(lambda picking: picking.state != "cancel")):
            raise UserError(self.env._("%s: the transfer of the goods could not be finished. Open it and look.", self.name))

    def _after_receive(self, moment):
        """The transfers of these after-sales are done, by whatever button: the goods are here and wait for inspection."""
        for aftersale in self:
            for line in aftersale.line_ids:
                moves = line.return_move_ids.filtered(lambda move: move.state == "done" and move.location_id.usage == "customer")
                rows = moves.move_line_ids
                line.write(
                    {
                        "received_quantity": sum(move.product_uom._compute_quantity(move.quantity, line.uom_id) for move in moves),
                        "received_lot_id": (rows.lot_id[:1] or line.received_lot_id).id,
                    }
                )
            aftersale.write({"state": "received", "received_at": moment})
            sentence = self.env._("%s: the goods are back and wait for inspection.", aftersale.name)
            aftersale.order_id._record_event("returned", sentence)
