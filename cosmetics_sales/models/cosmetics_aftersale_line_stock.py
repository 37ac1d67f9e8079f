"""The lines of an after-sale in the warehouse: received, inspected, moved on."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class CosmeticsAftersaleLine(models.Model):
    _inherit = "cosmetics.aftersale.line"

    def _split_by_delivery(self, taken):
        """Return {delivered move: quantity in the unit of the order line} of this line.

        :param dict taken: {(line, move): quantity} of the lines before
        """
        self.ensure_one()
        found, left = {}, self.quantity
        # sudo: the clerk decides on the order; the moves are those of the warehouse
        moves = self.order_line_id.sudo().move_ids.filtered(lambda move: move.state == "done" and move.location_dest_id.usage == "customer")
        for move in moves.sorted(lambda move: self.lot_id not in move.move_line_ids.lot_id):
            gone = move.product_uom._compute_quantity(move.quantity, self.uom_id)
            back = sum(
                other.product_uom._compute_quantity(other.quantity if other.state == "done" else other.product_uom_qty, self.uom_id)
                for other in move.returned_move_ids
                if other.state != "cancel" and other.location_dest_id.usage != "customer"
            )
            gone -= back + sum(quantity for (_line, other), quantity in taken.items() if other == move)
            if (quantity := min(left, gone)) > 0:
                found[move] = quantity
                left -= quantity
        if self.uom_id.compare(left, 0) > 0:
            raise UserError(
                self.env._(
                    "%s: less was delivered than is to come back. Lower the quantity, or look at its transfers.",
                    self.product_id.display_name,
                )
            )
        return found

    def _check_received(self):
        """The batch on the pack is one this buyer got: anything else is not what we sold."""
        self.ensure_one()
        if self.tracking == "none":
            return
        if not self.received_lot_id:
            raise UserError(self.env._("%s: enter the batch that is printed on the pack.", self.product_id.display_name))
        if self.received_lot_id not in self.order_line_id._get_delivered_lots():
            raise UserError(
                self.env._(
                    "%(product)s: batch %(lot)s was not delivered with order %(order)s, so these are not the goods we sent. "
                    "Refuse the parcel, or correct the batch.",
                    product=self.product_id.display_name,
                    lot=self.received_lot_id.name,
                    order=self.order_id.name,
                )
            )

    def _fill_return_moves(self):
        """Write what came back onto the moves that wait for it; moves that get nothing are cancelled with the transfer."""
        left = self.received_quantity
        moves = self.return_move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        for move in moves:
            quantity = min(left, move.product_uom._compute_quantity(move.product_uom_qty, self.uom_id))
            left -= quantity
            move.move_line_ids.unlink()
            if quantity > 0:
                move.move_line_ids = [
                    Command.create({**self._prepare_move_line_vals(move), "quantity": self._to_move_unit(move, quantity)})
                ]
            move.picked = quantity > 0
        moves.filtered(lambda move: not move.picked)._action_cancel()

    def _to_move_unit(self, move, quantity):
        return self.uom_id._compute_quantity(quantity, move.product_uom)

    def _prepare_move_line_vals(self, move):
        """Return the values of the line of a move of these goods, without the quantity."""
        return {
            "product_id": self.product_id.id,
            "product_uom_id": move.product_uom.id,
            "lot_id": self.received_lot_id.id,
            "location_id": move.location_id.id,
            "location_dest_id": move.location_dest_id.id,
            "picking_id": move.picking_id.id,
            "company_id": move.company_id.id,
        }

    # ------------------------------------------------------------------ inspection
    def _check_inspected(self):
        """An inspection that says nothing is none."""
        self.ensure_one()
        names = {"product": self.product_id.display_name}
        if not self.result or not self.seal_state:
            raise UserError(self.env._("%(product)s: enter the seal and the decision.", **names))
        if self.result == "restock" and self.seal_state != "intact":
            raise UserError(
                self.env._(
                    "%(product)s: the seal is not intact, so it cannot be sold again. Destroy it or send it back to the supplier.", **names
                )
            )
        if self.result == "restock" and self.tracking != "none" and not self.is_batch_readable:
            raise UserError(
                self.env._("%(product)s: goods whose batch cannot be read are not sold again. Choose another decision.", **names)
            )

    def _check_restock(self):
        """Raise when goods are not fit for sale any more. An override looks at expiry and quality of the batch."""

    def _apply_results(self):
        """Move what was inspected: back to stock, or out; goods for the supplier wait where they are."""
        for aftersale in self.aftersale_id:
            lines = self.filtered(lambda line, aftersale=aftersale: line.aftersale_id == aftersale)
            lines.filtered(lambda line: line.result == "restock")._restock()
            lines.filtered(lambda line: line.result == "destroy")._destroy()

    def _restock(self):
        """Bring goods from the place of returns back to the shelf."""
        if not self:
            return
        warehouse = self.aftersale_id.warehouse_id
        place, stock = warehouse._get_aftersale_location(), warehouse.lot_stock_id
        goods = [(line, {**line._prepare_goods_vals(), "location_id": place.id, "location_dest_id": stock.id}) for line in self]
        # sudo: the inspection is the permission; keepers of one shop see no place of another
        picking = (
            self.env["stock.picking"]
            .sudo()
            .create(
                {
                    "picking_type_id": warehouse.int_type_id.id,
                    "location_id": place.id,
                    "location_dest_id": stock.id,
                    "origin": self.aftersale_id.name,
                    "aftersale_id": self.aftersale_id.id,
                    "move_ids": [Command.create(vals) for _line, vals in goods],
                }
            )
        )
        picking.action_confirm()
        for move in picking.move_ids:
            line = move.aftersale_line_id
            move.move_line_ids.unlink()
            vals = {**line._prepare_move_line_vals(move), **line._prepare_restock_line_vals(), "quantity": move.product_uom_qty}
            move.move_line_ids = [Command.create(vals)]
            move.picked = True
        picking._action_done()

    def _prepare_goods_vals(self):
        """Return the values of a move of what came back."""
        return {
            "product_id": self.product_id.id,
            "product_uom": self.uom_id.id,
            "product_uom_qty": self.received_quantity,
            "company_id": self.company_id.id,
            "aftersale_line_id": self.id,
        }

    def _prepare_restock_line_vals(self):
        """Return more values of the line that brings goods back to the shelf. An override adds e.g. why this batch."""
        return {}

    def _destroy(self):
        """Scrap the goods. An override may ask for a witness first."""
        for line in self:
            scrap = self.env["stock.scrap"].create(
                {
                    "company_id": line.company_id.id,
                    "product_id": line.product_id.id,
                    "product_uom_id": line.uom_id.id,
                    "lot_id": line.received_lot_id.id,
                    "location_id": line.aftersale_id.warehouse_id._get_aftersale_location().id,
                    "scrap_qty": line.received_quantity,
                    "origin": line.aftersale_id.name,
                }
            )
            scrap.do_scrap()
