"""Who bought a recalled batch at a till."""

from collections import defaultdict

from odoo import api, models


class CosmeticsRecall(models.Model):
    _inherit = "cosmetics.recall"

    @api.model
    def _get_buyer_rows(self, lots):
        """Name the sale, the member, the shop and the time of what left at a till; add what was sold and has not left the stock."""
        rows = super()._get_buyer_rows(lots)
        pickings = self.env["stock.picking"].browse({row["picking_id"] for row in rows} - {False})
        # sudo: the list of a recall names every buyer, of whichever shop; who may see it is decided by the recall.
        orders = {picking.id: picking.pos_order_id for picking in pickings.sudo() if picking.pos_order_id}
        sessions = {
            picking.id: picking.pos_session_id for picking in pickings.sudo() if picking.pos_session_id and not picking.pos_order_id
        }
        packs = self._get_session_packs(lots, sessions.values())
        found = []
        for row in rows:
            if order := orders.get(row["picking_id"]):
                found.append({**row, **self._prepare_till_row(order)})
            elif session := sessions.get(row["picking_id"]):
                found.extend(self._split_session_row(row, packs[session]))
            else:
                found.append(row)
        return found + self._get_till_exception_rows(lots)

    @api.model
    def _get_return_rows(self, lots):
        """Name the sale of what came back at a till: its refund knows it."""
        rows = super()._get_return_rows(lots)
        pickings = self.env["stock.picking"].browse({row["return_picking_id"] for row in rows} - {False})
        # sudo: as in _get_buyer_rows
        sales = {picking.id: picking.pos_order_id.refunded_order_id for picking in pickings.sudo() if picking.pos_order_id}
        for row in rows:
            if not row["picking_id"] and (sale := sales.get(row["return_picking_id"])):
                outgoing = sale.picking_ids.filtered(lambda picking: picking.location_dest_id.usage == "customer")
                row.update(picking_id=outgoing[:1].id, partner_id=sale.partner_id.id)
        return rows

    @api.model
    def _prepare_till_row(self, order):
        """Return what a till order knows of a buyer."""
        return {
            "kind": "till",
            "partner_id": order.partner_id.id,
            "store_id": order.config_id.store_id.id,
            "at": order.date_order,
            "document": order.pos_reference or order.name,
            "res_model": "pos.order",
            "res_id": order.id,
        }

    @api.model
    def _get_session_packs(self, lots, sessions):
        """Return {session: batches on its tickets} for tills that move their stock at closing, many sales in one transfer."""
        packs = defaultdict(list)
        session_ids = [session.id for session in sessions]
        # sudo: as in _get_buyer_rows
        model = self.env["pos.pack.operation.lot"].sudo()
        domain = [
            ("lot_id", "in", lots.ids),
            ("pos_order_line_id.order_id.session_id", "in", session_ids),
            ("pos_order_line_id.qty", ">", 0),
        ]
        for pack in model.search(domain, order="id") if session_ids else ():
            packs[pack.pos_order_line_id.order_id.session_id].append(pack)
        return packs

    @api.model
    def _split_session_row(self, row, packs):
        """Return a row for each ticket of a transfer made at closing; what no ticket names stays with the transfer."""
        rows, left = [], row["quantity"]
        for pack in packs:
            quantity = min(pack.quantity, left)
            if quantity > 0:
                rows.append({**row, **self._prepare_till_row(pack.pos_order_line_id.order_id), "quantity": quantity})
                left -= quantity
        if left > 0:
            rows.append({**row, "kind": "till", "quantity": left})
        return rows

    @api.model
    def _get_till_exception_rows(self, lots):
        """Return the sales that stand on the ticket under these batches and wait for the store manager: the customer has the goods."""
        # sudo: as in _get_buyer_rows
        exceptions = self.env["cosmetics.till.exception"].sudo()
        names = {(lot.product_id, lot.name) for lot in lots}
        domain = [
            ("state", "=", "open"),
            ("quantity", ">", 0),
            ("product_id", "in", lots.product_id.ids),
            ("lot_name", "in", lots.mapped("name")),
        ]
        waiting = exceptions.search([*domain, ("order_id", "!=", False)])
        return [
            {
                **self._prepare_till_row(exception.order_id),
                "quantity": exception.quantity,
                "picking_id": exception.picking_id.id,
            }
            for exception in waiting
            if (exception.product_id, exception.lot_name) in names
        ]
