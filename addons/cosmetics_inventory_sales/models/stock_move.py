"""Whom the goods of an order are for, at every step of their way."""

from dataclasses import replace

from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _get_promise_facts(self):
        """The customer, channel and shop of the order, from its first move to its last."""
        facts = super()._get_promise_facts()
        line = self._get_supplied_sale_line()
        if not line:
            return facts
        facts = {**facts, **line._get_promise_facts(), "product": self.product_id}
        if line.allocation_line_ids:  # a part of the line leaves from a shop that may have a promise of its own
            facts["store"] = self.env["cosmetics.store"]._get_store_of_warehouse(self.location_id.warehouse_id or line.warehouse_id)
        return facts

    def _get_promise_floor(self, day):
        """Whoever buys near-expiry goods was told of a use-by date: that one is the promise, no other."""
        line = self._get_supplied_sale_line()
        if line.shelf_life_band_id:
            return line.shelf_life_told_on or None
        return super()._get_promise_floor(day)

    def _get_shelf_life_need(self):
        """Goods sold from a band come from that band."""
        need = super()._get_shelf_life_need()
        band = self._get_supplied_sale_line().shelf_life_band_id
        return replace(need, band_id=band.id) if band else need

    def _is_within_what_came(self):
        """Tell if all moves that take goods of this after-sale home take no more than came."""
        line = self.sudo().aftersale_line_id  # sudo: as above
        homes = line.return_move_ids.filtered(lambda move: move.state != "cancel" and move._is_going_home())
        quantity = sum(move.product_uom._compute_quantity(move.quantity, line.uom_id) for move in homes)
        return line.uom_id.compare(quantity, line.received_quantity) <= 0

    def _get_supplied_sale_line(self):
        """Return the order line the goods of this move are for, empty when they are for none.

        Steps of a chain know their line; a replenishment for an order finds it at the moves it feeds. What comes back from
        a customer is for nobody.
        """
        # sudo: whoever picks or receives need not be allowed to read orders; the promise holds all the same
        move = self.sudo()
        if not move.sale_line_id and move.move_dest_ids:
            feeds = move.browse(move._rollup_move_dests())
            return feeds.sale_line_id.filtered(lambda line: line.product_id == move.product_id)[:1]
        return move.sale_line_id
