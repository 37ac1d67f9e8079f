"""Reservation of cosmetics: first expired first out, only what may leave, and never the same unit twice."""

from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import fefo
from ..tools.fefo import FefoShelf, HeldRows
from ..tools.shelf_life import last_moment
from ..tools.shelf_life_rule import DISPOSE, Need
from .stock_move_adjust import ALONE

# What only transfers, counts and scrap change, never a client by itself.
LEDGER_FIELDS = {"product_id", "lot_id", "location_id", "package_id", "owner_id", "quantity", "reserved_quantity", "in_date", "is_held"}


class StockQuant(models.Model):
    _inherit = "stock.quant"

    is_held = fields.Boolean(
        related="lot_id.is_held",
        store=True,
        string="Held",
        help="The batch is in quarantine, rejected or recalled: it is not reserved, nor offered.",
    )

    _fefo_idx = models.Index("(product_id, location_id, removal_date)")
    _is_held_idx = models.Index("(product_id) WHERE is_held")

    @api.model_create_multi
    def create(self, vals_list):
        quants = super().create(vals_list)
        if not self.env.su and any(vals.get("quantity") or vals.get("reserved_quantity") for vals in vals_list):
            quants._refuse_by_hand()
        self._note_held(quants.ids)  # nobody else sees a new entry before it is committed
        return quants

    def write(self, vals):
        if not self.env.su and LEDGER_FIELDS & vals.keys():
            self._refuse_by_hand()
        return super().write(vals)

    def _refuse_by_hand(self):
        """Refuse to write the stock past every rule, e.g. by RPC: without a move nothing is judged, nor proved.

        Goods without shelf life are left to who may adjust stock alone: another place or product is another quantity too.
        """
        alone = self.env.user.has_group(ALONE)
        kept = self.filtered(lambda quant: not alone or quant.product_id.is_shelf_life_managed)
        if kept:
            raise UserError(
                self.env._(
                    "The stock of “%s” is not written by hand: make a transfer, count the shelf, or scrap the goods.",
                    kept[0].product_id.display_name,
                )
            )

    @api.depends("is_held")
    def _compute_available_quantity(self):
        res = super()._compute_available_quantity()
        for quant in self:
            if quant.is_held:
                quant.available_quantity = 0
        return res

    @api.model
    def _get_removal_strategy(self, product_id, location_id):
        """Cosmetics leave first expired first, whatever category or location say: a setting must not let goods expire."""
        if product_id.is_shelf_life_managed:
            return "fefo"
        return super()._get_removal_strategy(product_id, location_id)

    def _get_gather_domain(self, product_id, location_id, lot_id=None, package_id=None, owner_id=None, strict=False):
        """Leave out what the move that asks may not be given: context key `shelf_life_need` (a `Need`).

        Core's own filter compares the removal date with the planned moment of the move, for disposals too, which would
        make expired goods impossible to return or scrap; so it is replaced where the need is known.
        """
        need = self.env.context.get("shelf_life_need")
        if not isinstance(need, Need):  # a client may send anything in the context, but never a Need
            return super()._get_gather_domain(product_id, location_id, lot_id, package_id, owner_id, strict)
        is_managed = product_id.is_shelf_life_managed
        quants = self.with_context(with_expiration=False) if is_managed else self
        domain = super(StockQuant, quants)._get_gather_domain(product_id, location_id, lot_id, package_id, owner_id, strict)
        return domain & self._get_need_domain(need, is_managed)

    @api.model
    def _get_need_domain(self, need, is_managed):
        """Return the domain of stock entries that satisfy a `Need`; dates only of goods whose shelf life is managed."""
        if need.kind == DISPOSE:
            return Domain.TRUE
        domain = Domain("is_held", "!=", True)
        if is_managed:
            # The removal date is the last moment of a day on which the goods may be sold.
            domain &= Domain("removal_date", ">=", last_moment(need.day)) | Domain("removal_date", "=", False)
        if need.min_expiration_on:
            domain &= Domain("expiration_date", ">=", last_moment(need.min_expiration_on))
        if need.band_id:
            domain &= Domain("lot_id.band_id", "=", need.band_id)
        return domain

    def _get_reserve_quantity(
        self, product_id, location_id, quantity, uom_id=None, lot_id=None, package_id=None, owner_id=None, strict=False
    ):
        """Reserve cosmetics by one query that reads and locks only the entries that cover the need; other goods core's way, locked too.

        Core reads all entries of the product and locks none: two users can be given the same last unit, the second one in an
        entry of its own. Whoever comes second waits for the first, then PostgreSQL refuses the outdated view of the stock
        and Odoo starts over.
        """
        quants = self.sudo()
        if not product_id.is_shelf_life_managed or product_id.uom_id.compare(quantity, 0) <= 0:
            reserved = super()._get_reserve_quantity(product_id, location_id, quantity, uom_id, lot_id, package_id, owner_id, strict)
            quants.browse(quant.id for quant, taken in reserved if taken > 0)._lock_quants()
            return reserved
        if not (strict or lot_id or package_id or owner_id or self or quants._is_packaging_kept_whole(product_id)):
            rows = quants._get_fefo_rows(product_id, location_id, quantity)
            if rows is not None:
                return quants._take_from_shelf(product_id, location_id, quants._cover_need(product_id, rows, quantity, uom_id))
        self.env["stock.move.line"]._create_waiting()  # what is read now must know what the moves before took
        reserved = super()._get_reserve_quantity(product_id, location_id, quantity, uom_id, lot_id, package_id, owner_id, strict)
        quants.browse(quant.id for quant, _quantity in reserved)._lock_quants()
        return reserved

    @api.model
    def _get_fefo_rows(self, product, location, quantity):
        """Return what `_lock_fefo_rows()` returns; when many moves reserve together, one query asks for all of them."""
        shelf, need = self.env.context.get("fefo_shelf"), self.env.context.get("shelf_life_need")
        if not isinstance(shelf, FefoShelf) or not isinstance(need, Need):
            return self._lock_fefo_rows(product, location, quantity)
        return shelf.rows((product.id, location.id), need, quantity, partial(self._lock_fefo_rows, product, location))

    @api.model
    def _take_from_shelf(self, product, location, taken):
        """Return `taken`, core's [(quant, quantity)], and remember it while its lines are not written."""
        shelf = self.env.context.get("fefo_shelf")
        if isinstance(shelf, FefoShelf):
            shelf.take((product.id, location.id), [(quant.id, quantity) for quant, quantity in taken])
        return taken

    def try_lock_for_update(self, *, allow_referencing=False, limit=None):
        """Ask not again for the lock of an entry that this reservation or delivery holds: core does, line by line."""
        held = self.env.context.get("held_quants")
        if isinstance(held, HeldRows) and allow_referencing and limit == 1 and self[:1].id in held:
            return self[:1]
        return super().try_lock_for_update(allow_referencing=allow_referencing, limit=limit)

    @api.model
    def _is_packaging_kept_whole(self, product):
        """Return whether this need is given in whole packs only, which core calculates from all of the stock."""
        return bool(self.env.context.get("packaging_uom_id")) and product.categ_id.packaging_reserve_method == "full"

    @api.model
    def _lock_fefo_rows(self, product, location, quantity):
        """Return [(quant id, free quantity)] that cover `quantity`, first expired first, and lock these rows.

        None when an entry there is negative or promised more often than it is there: core knows how to spread that.
        """
        self.flush_model(["lot_id", "quantity", "reserved_quantity", "removal_date", "in_date"])
        query = self._search(self._get_gather_domain(product, location), bypass_access=True)
        rows = self.env.execute_query(  # flushes what the domain looks at
            SQL(
                """
                WITH candidate AS (
                    SELECT stock_quant.id, stock_quant.quantity - stock_quant.reserved_quantity AS free,
                           row_number() OVER fefo AS place,
                           sum(stock_quant.quantity - stock_quant.reserved_quantity) OVER fefo AS running,
                           bool_or(stock_quant.quantity < stock_quant.reserved_quantity) OVER () AS is_odd
                      FROM %(from_clause)s
                     WHERE %(where_clause)s
                    WINDOW fefo AS (
                        ORDER BY stock_quant.lot_id IS NULL, stock_quant.removal_date, stock_quant.in_date, stock_quant.id
                    )
                )
                SELECT locked.id, candidate.free, candidate.is_odd
                  FROM candidate
                  JOIN stock_quant locked ON locked.id = candidate.id
                 WHERE candidate.is_odd OR (candidate.free > 0 AND candidate.running - candidate.free < %(quantity)s)
                 ORDER BY candidate.place
                   FOR NO KEY UPDATE OF locked
                """,
                from_clause=query.from_clause,
                where_clause=query.where_clause or SQL("TRUE"),
                quantity=quantity,
            )
        )
        self._note_held(row[0] for row in rows)
        if rows and rows[0][2]:
            return None
        return [(quant_id, float(free)) for quant_id, free, _is_odd in rows]

    @api.model
    def _note_held(self, quant_ids):
        """Remember entries locked by this reservation, see `try_lock_for_update()`."""
        held = self.env.context.get("held_quants")
        if isinstance(held, HeldRows):
            held.update(quant_ids)

    @api.model
    def _cover_need(self, product, rows, quantity, uom):
        """Return core's [(quant, quantity)] from locked rows, rounded to the unit of the move as core does."""
        compare = product.uom_id.compare
        rows = [(quant_id, free) for quant_id, free in rows if compare(free, 0) > 0]
        quantity = min(quantity, sum(free for _quant_id, free in rows))
        if uom and uom != product.uom_id:
            in_uom = product.uom_id._compute_quantity(quantity, uom, rounding_method="DOWN")
            quantity = uom._compute_quantity(in_uom, product.uom_id, rounding_method="HALF-UP")
        if product.tracking == "serial" and compare(quantity, int(quantity)) != 0:
            return []
        return [(self.browse(quant_id), taken) for quant_id, taken in fefo.cover(rows, quantity) if compare(taken, 0) > 0]

    def _lock_quants(self):
        """Wait for whoever holds these rows; PostgreSQL then refuses an outdated view and Odoo starts the request over."""
        if self:
            self.env.cr.execute(SQL("SELECT id FROM stock_quant WHERE id IN %s ORDER BY id FOR NO KEY UPDATE", tuple(self.ids)))
