"""One order line, several warehouses: each gives the part that was allocated to it."""

from collections import defaultdict

from odoo import fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    allocation_line_ids = fields.One2many("cosmetics.allocation.line", "order_line_id", string="Goods from", readonly=True, copy=False)

    def _create_procurements(self, product_qty, procurement_uom, values):
        """Ask each warehouse for its part; what no part covers comes from the warehouse of the order, as ever."""
        shares = self._get_allocated_shares(product_qty, procurement_uom, values.get("warehouse_id"))
        if shares is None:
            return super()._create_procurements(product_qty, procurement_uom, values)
        procurements = []
        for warehouse, quantity in shares:
            procurements += super()._create_procurements(quantity, procurement_uom, {**values, "warehouse_id": warehouse})
        return procurements

    def _get_allocated_shares(self, product_qty, procurement_uom, default):
        """Return [(warehouse, quantity)] that make up `product_qty`, or None when the line is not split.

        More is asked where a part is still open; less is taken back from what has not left, the last part first.
        """
        self.ensure_one()
        parts = self.sudo().allocation_line_ids  # sudo: a paying customer confirms, too
        if not parts or self.route_ids:
            return None
        asked, open_quantities = self._get_asked_quantities(procurement_uom)
        room = []
        if product_qty > 0:
            for part in parts:
                allocated = part.uom_id._compute_quantity(part.quantity, procurement_uom, round=False)
                room.append((part.warehouse_id, max(allocated - asked[part.warehouse_id], 0.0)))
        else:
            room = [(part.warehouse_id, open_quantities[part.warehouse_id]) for part in parts[::-1]]
        shares, left = [], abs(product_qty)
        for warehouse, quantity in room:
            if procurement_uom.compare(min(quantity, left), 0.0) > 0:
                shares.append((warehouse, min(quantity, left) * (1 if product_qty > 0 else -1)))
                left -= min(quantity, left)
        if procurement_uom.compare(left, 0.0) > 0:
            shares.append((default, left if product_qty > 0 else -left))
        return shares

    def _get_asked_quantities(self, uom):
        """Return ({warehouse: asked of it so far}, {warehouse: of that not yet left}) in a unit."""
        asked, still_open = defaultdict(float), defaultdict(float)
        outgoing, incoming = self.sudo()._get_outgoing_incoming_moves(strict=False)
        for move in outgoing:
            warehouse = move.location_id.warehouse_id
            quantity = move.product_uom._compute_quantity(move.quantity if move.state == "done" else move.product_uom_qty, uom, round=False)
            asked[warehouse] += quantity
            if move.state != "done":
                still_open[warehouse] += quantity
        for move in incoming:
            quantity = move.product_uom._compute_quantity(move.quantity if move.state == "done" else move.product_uom_qty, uom, round=False)
            asked[move.location_dest_id.warehouse_id] -= quantity
        return asked, still_open

    def _get_movable_moves(self, storable=True):
        """Return {move: quantity in the product's unit} of what another place could still give.

        What is picked stays; so does what is reserved on a picking list that was printed, for somebody walks with it.
        """
        movable = {}
        # sudo: deliveries are moved by the allocation, not by the seller
        for move in self.sudo().move_ids:
            source = move.location_id
            if (
                move.state not in ("confirmed", "partially_available", "assigned")
                or move.picked
                or move.procure_method != "make_to_stock"
                or source.usage != "internal"
                or not source._child_of(source.warehouse_id.lot_stock_id)
                or (storable and not move.product_id.is_storable)
            ):
                continue
            reserved = move.product_uom._compute_quantity(move.quantity, move.product_id.uom_id, round=False)
            quantity = move.product_qty - (reserved if move.picking_id.printed else 0.0)
            if move.product_id.uom_id.compare(quantity, 0.0) > 0:
                movable[move] = quantity
        return movable
