"""The goods of a till sale leave under the right batch, or stay and are listed."""

from odoo import api, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    @api.model
    def _create_picking_from_pos_order_lines(self, location_dest_id, lines, picking_type, partner=False):
        """Move what may move; leave what may not in a transfer of its own, and list it for the store manager.

        Core makes one transfer for all lines, tries it, and says nothing when it fails. Here a line at fault does not
        hold back the others, and whatever stays undone is found at once.
        """
        # sudo: the till has taken the money; Odoo makes the transfer with full rights already, and the clerk has none in the warehouse.
        lines = lines.sudo()
        location = picking_type.sudo().default_location_src_id
        kept_by_batch = lines.filtered(lambda line: line._is_moved_by_batch())
        faults = kept_by_batch._take_batches(location)
        faulty = lines.browse([line.id for line in faults])
        pickings = super(StockPicking, self.sudo())._create_picking_from_pos_order_lines(
            location_dest_id, lines - faulty, picking_type, partner
        )
        exceptions = self.env["cosmetics.till.exception"].sudo()
        # The order or the session is written on the transfers by the caller, after this; the lines know both.
        exceptions._record_undone(pickings, lines - faulty)
        for line in faulty:
            picking = self._create_undone_till_picking(location_dest_id, line, picking_type, partner)
            exceptions._record_fault(picking.move_ids, line, *faults[line])
            pickings |= picking
        return pickings

    @api.model
    def _create_undone_till_picking(self, location_dest_id, line, picking_type, partner):
        """Return a transfer that waits for a batch: with full rights, like core's."""
        picking_type = picking_type.sudo()
        location_id = picking_type.default_location_src_id.id
        if line.qty < 0:
            back_type = picking_type.return_picking_type_id
            location_id, location_dest_id = location_dest_id, back_type.default_location_dest_id.id or location_id
            picking_type = back_type or picking_type
        picking = self.sudo().create(self._prepare_picking_vals(partner, picking_type, location_id, location_dest_id))
        move = picking.move_ids.create(picking._prepare_stock_move_vals(line, line))
        move._action_confirm(merge=False)
        return picking

    def _prepare_stock_move_vals(self, first_line, order_lines):
        values = super()._prepare_stock_move_vals(first_line, order_lines)
        if first_line._is_moved_by_batch():
            values["is_till_sale"] = True
        return values
