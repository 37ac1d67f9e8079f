"""What a move may be given from stock."""

from odoo import fields, models

from ..tools.fefo import PROPOSED, FefoShelf, HeldRows, WaitingLines
from ..tools.shelf_life import china_day
from ..tools.shelf_life_rule import INTERNAL, RETURN, SALE, Need, goes_to_customer, kind_of

# In the context while moves are being done; RPC sends JSON, so nobody else can put this object there.
_COMPLETING = object()


class StockMove(models.Model):
    _inherit = "stock.move"

    def write(self, vals):
        """Judge moves that are declared done, too: nothing is moved by that, but the books would say that it was."""
        res = super().write(vals)
        if vals.get("state") == "done" and self.env.context.get("shelf_life_completing") is not _COMPLETING:
            self.move_line_ids._check_shelf_life()
        return res

    def _action_done(self, cancel_backorder=False):
        """Lines are judged, and releases used up, once: when they are done."""
        return super(StockMove, self.with_context(shelf_life_completing=_COMPLETING))._action_done(cancel_backorder=cancel_backorder)

    def _get_shelf_life_kind(self):
        """Return "sale", "internal", "dispose" or "return", see tools/shelf_life_rule.py."""
        self.ensure_one()
        return kind_of(*self._get_shelf_life_places())

    def _get_shelf_life_places(self):
        """Return the `Place` of source, destination and end of the chain (None when the move stands alone)."""
        return (
            self.location_id._get_shelf_life_place(),
            self.location_dest_id._get_shelf_life_place(),
            self.location_final_id._get_shelf_life_place(),
        )

    def _get_shelf_life_need(self):
        """Return what this move may be given from stock: a frozen `Need`.

        The day is the planned one, or today when that has passed: goods that expire before they leave are of no use.
        """
        self.ensure_one()
        _source, destination, final = self._get_shelf_life_places()
        kind = self._get_shelf_life_kind()
        if kind == RETURN:
            kind = INTERNAL
        day = china_day(max(fields.Datetime.now(), self.date or fields.Datetime.now()))
        floor = None
        if kind == SALE and goes_to_customer(destination, final):
            floor = self._get_promise_floor(day)
        return Need(kind=kind, min_expiration_on=floor, band_id=None, day=day)

    def _get_promise_floor(self, day):
        """Return the earliest use-by date that keeps the promise to whom this move goes, None without a promise."""
        self.ensure_one()
        promises = self.env["cosmetics.shelf.life.promise"]
        if not self.product_id.is_shelf_life_managed or not promises._get_rules(self.company_id.id):
            return None
        return promises._get_floor(self.product_id, self._get_promise_facts(), day)

    def _get_promise_facts(self):
        """Return who is promised what, as a dict: partner, channel_id, store, product. Joins of other areas extend it."""
        self.ensure_one()
        return {
            "partner": self.picking_id.partner_id or self.partner_id,
            "channel_id": False,
            "store": self.env["cosmetics.store"]._get_store_of_warehouse(self.location_id.warehouse_id),
            "product": self.product_id,
            "company_id": self.company_id.id,
        }

    def _with_shelf_life_need(self):
        """Return the move with its need in the context, unless nothing is to be left out."""
        if self.product_id.tracking == "none":
            return self
        need = self._get_shelf_life_need()
        # What came in by the chain must be able to go on to its shelf, whatever it is; the end of the chain decides.
        if need.kind == INTERNAL and self.move_orig_ids:
            need = Need(kind="dispose", min_expiration_on=None, band_id=None, day=need.day)
        return self.with_context(shelf_life_need=need)

    def _action_assign(self, force_qty=False):
        """Make the lines of all these moves at once, see `_update_reserved_quantity`."""
        moves = self.with_context(
            waiting_line_vals=WaitingLines(), fefo_shelf=FefoShelf(self._get_wanted(force_qty)), held_quants=HeldRows()
        )
        return super(StockMove, moves)._action_assign(force_qty)

    def _get_wanted(self, force_qty):
        """Return {(product id, location id): quantity these moves may ask for}, at least; what is asked at once is read at once."""
        wanted = {}
        for move in self.filtered(lambda move: move.product_id.is_shelf_life_managed):
            key = (move.product_id.id, move.location_id.id)
            missing = force_qty or move.product_uom_qty - move.quantity
            missing = move.product_uom._compute_quantity(missing, move.product_id.uom_id, rounding_method="HALF-UP")
            wanted[key] = wanted.get(key, 0.0) + max(missing, 0.0)
        return wanted

    def _update_reserved_quantity(self, need, location_id, lot_id=None, package_id=None, owner_id=None, strict=True):
        """Keep the values of new lines until all moves know theirs: core creates the lines move by move, eight queries each.

        The stock is locked at once, and the shelf remembers what waits; every other way first writes what waits.
        """
        waiting, shelf = self.env.context.get("waiting_line_vals"), self.env.context.get("fefo_shelf")
        if not isinstance(waiting, WaitingLines) or not isinstance(shelf, FefoShelf):
            return super()._update_reserved_quantity(need, location_id, lot_id, package_id, owner_id, strict)
        if strict or self.move_line_ids or not self.product_id.is_shelf_life_managed:
            self.env["stock.move.line"]._create_waiting()
            taken = super()._update_reserved_quantity(need, location_id, lot_id, package_id, owner_id, strict)
            shelf.clear()
            return taken
        vals_list, taken = self._update_reserved_quantity_vals(need, location_id, lot_id, package_id, owner_id, strict)
        waiting.extend(vals_list)
        return taken

    def _update_reserved_quantity_vals(self, need, location_id, lot_id=None, package_id=None, owner_id=None, strict=True):
        """The one gate of direct and chained reservation. Lines made here took what comes first, so nobody asks why."""
        vals_list, taken = super(StockMove, self._with_shelf_life_need())._update_reserved_quantity_vals(
            need, location_id, lot_id, package_id, owner_id, strict
        )
        return [{**vals, "is_batch_proposed": PROPOSED} for vals in vals_list], taken

    def _get_available_quantity(self, location_id, lot_id=None, package_id=None, owner_id=None, strict=False, allow_negative=False):
        return super(StockMove, self._with_shelf_life_need())._get_available_quantity(
            location_id, lot_id, package_id, owner_id, strict, allow_negative
        )
