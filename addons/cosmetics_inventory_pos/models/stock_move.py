"""Moves of a till sale take the batches of the ticket, once."""

from collections import defaultdict

from odoo import fields, models
from odoo.addons.cosmetics_inventory.tools.fefo import PROPOSED


class StockMove(models.Model):
    _inherit = "stock.move"

    is_till_sale = fields.Boolean(
        string="Sold at a Till", readonly=True, copy=False, help="The goods have left the shop: no reservation chooses a batch for them."
    )

    def _action_assign(self, force_qty=False):
        """Reserve nothing for a till sale: its batches are written on it from the ticket.

        Core reserves the first batches, throws the reservation away and reserves the batch of the ticket; that is a quarter of
        the time of a till sale. And a sale that waits for a decision must not hold goods the customer did not take.
        """
        return super(StockMove, self.filtered(lambda move: not move.is_till_sale))._action_assign(force_qty)

    def _add_mls_related_to_order(self, related_order_lines, are_qties_done=True):
        """Write each batch of the ticket with its own quantity; core gives every batch of a line the quantity of the whole line."""
        till_sales = self.filtered("is_till_sale")
        others = self - till_sales
        if till_sales:
            # sudo: core makes the transfer with full rights too; see cosmetics_sales_pos.
            till_sales.sudo()._create_till_move_lines(related_order_lines.sudo())
        return super(StockMove, others)._add_mls_related_to_order(related_order_lines, are_qties_done) if others else None

    def _create_till_move_lines(self, lines):
        """Create the move lines of the batches that the ticket takes, from the shelves where they lie."""
        by_product = lines.grouped("product_id")
        shelves = self._get_till_shelves(lines.pack_lot_ids.lot_id)
        vals_list = []
        for move in self:
            packs = by_product.get(move.product_id, lines.browse()).pack_lot_ids.filtered("lot_id")
            for pack in packs:
                reason = pack._get_fefo_reason()
                for location, quantity in move._split_over_shelves(pack, shelves):
                    values = move._prepare_till_move_line_vals(pack.lot_id, location, quantity, reason)
                    vals_list.append({**values, "is_batch_proposed": PROPOSED if pack.choice == "server" else False})
        self.env["stock.move.line"].create(vals_list)

    def _get_till_shelves(self, lots):
        """Return {lot: [[location, pieces]]} of what lies in the shop; nothing for a return, whose goods come from the customer."""
        shelves = defaultdict(list)
        if lots and self.location_id.filtered(lambda location: not location.should_bypass_reservation()):
            domain = [("lot_id", "in", lots.ids), ("location_id", "child_of", self.location_id.ids), ("quantity", ">", 0)]
            for lot, location, quantity in self.env["stock.quant"]._read_group(domain, ["lot_id", "location_id"], ["quantity:sum"]):
                shelves[lot].append([location, quantity])
        return shelves

    def _split_over_shelves(self, pack, shelves):
        """Return pairs of location and pieces for a batch of the ticket, and take them off `shelves`."""
        parts, missing = [], pack.quantity
        for shelf in shelves.get(pack.lot_id, ()):
            part = min(missing, shelf[1])
            if part > 0:
                parts.append((shelf[0], part))
                shelf[1] -= part
                missing -= part
        if not self.product_uom.is_zero(missing):
            parts.append((self.location_id, missing))
        return parts

    def _prepare_till_move_line_vals(self, lot, location, quantity, reason):
        """Return the values of a move line of a batch."""
        return {
            **self._prepare_move_line_vals(),
            "location_id": location.id,
            "lot_id": lot.id,
            "quantity": quantity,
            "fefo_reason": reason,
            "picked": True,
        }

    def _create_production_lots_for_pos_order(self, lines):
        """Find the batches of products with a shelf life, and never make one: a mistyped batch would become fresh stock."""
        managed = lines.filtered(lambda line: line.product_id._is_batch_chosen_at_till())
        found = super()._create_production_lots_for_pos_order(lines - managed)
        names = managed.pack_lot_ids.mapped("lot_name")
        if names:
            found |= self.env["stock.lot"].search([*managed._get_named_lot_domain(), ("name", "in", names)])
        return found
