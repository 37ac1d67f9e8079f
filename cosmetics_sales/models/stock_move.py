"""Moves of many orders find their transfers together."""

from collections import defaultdict

from odoo import models
from odoo.addons.cosmetics_base.tools.memo import Memo


class StockMove(models.Model):
    _inherit = "stock.move"

    def write(self, vals):
        """Leave out the write of nothing with which core ends the look at what follows each move."""
        return True if vals == {"move_dest_ids": []} else super().write(vals)

    def _action_confirm(self, merge=True, merge_into=False, create_proc=True):
        fresh = Memo.of(self.env, "fresh_references")
        if fresh:
            self._place_in_new_pickings(fresh)
        return super()._action_confirm(merge=merge, merge_into=merge_into, create_proc=create_proc)

    def _place_in_new_pickings(self, fresh):
        """Create the transfers of moves whose reference was created with them, all at once.

        Core looks for a transfer of the same reference, one order after the other, and writes out everything each time; for a
        reference that is new there is none. What could share a transfer with others, or waits for other goods, goes core's way.

        :param fresh: memo whose keys are the ids of references created in this launch; used up here
        """
        groups = defaultdict(list)
        for move in self.filtered(lambda move: move._is_first_of_reference(fresh)):
            groups[move._key_assign_picking()].append(move.id)
        fresh.clear()
        groups = self._get_groups_apart(groups)
        pickings = self.env["stock.picking"].create([moves._get_new_picking_values() for moves in groups])
        origins = Memo()
        for picking, moves in zip(pickings, groups, strict=True):
            moves.write({"picking_id": picking.id})
            moves.with_context(origin_memo=origins)._assign_picking_post_process(new=True)
        pickings._log_origins(origins)

    def _get_groups_apart(self, groups):
        """Return the moves of the groups that core would give a transfer of their own; `groups`: {key: ids}."""
        apart = {}
        for key, ids in groups.items():
            # Core's search knows reference, places and kind of transfer, no more: a second group would join the first.
            apart.setdefault(key[:4], self.browse(ids))
        return [*apart.values()]

    def _is_first_of_reference(self, fresh):
        """Tell if the move is a plain delivery from stock whose references are all new."""
        return bool(
            self.state == "draft"
            and self._should_be_assigned()
            and self.reference_ids
            and not set(self.reference_ids.ids) - fresh.keys()
            and not self.move_orig_ids
            and self.procure_method == "make_to_stock"
            and self.rule_id.procure_method != "mts_else_mto"
            and self.product_uom.compare(self.product_uom_qty, 0) >= 0
        )

    def _update_orderpoints(self):
        """Ask once for all moves of one product and warehouse: core makes one condition of each move."""
        alike = {}
        for move in self:
            alike.setdefault((move.product_id, move.location_id.warehouse_id, move.location_dest_id.warehouse_id), move.id)
        return super(StockMove, self.browse(alike.values()))._update_orderpoints()

    def _trigger_scheduler(self):
        """Look for reordering rules once for the orders of a batch, and only for products that have one."""
        if len(self) < 2:
            return super()._trigger_scheduler()
        # sudo: whether there is a rule is no secret; core reads it with the rights of the user afterwards
        points = self.env["stock.warehouse.orderpoint"].sudo()
        found = points._read_group([("product_id", "in", self.product_id.ids), ("trigger", "=", "auto")], ["product_id"])
        products = {product.id for (product,) in found}
        return super(StockMove, self.filtered(lambda move: move.product_id.id in products))._trigger_scheduler()
