"""The batches of a recall."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools import recall_balance


class CosmeticsRecallLot(models.Model):
    """One batch of a recall, and the state it had before."""

    _name = "cosmetics.recall.lot"
    _description = "Recalled Batch"
    _order = "recall_id, id"
    _rec_name = "lot_id"
    _check_company_auto = True

    recall_id = fields.Many2one("cosmetics.recall", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="recall_id.company_id", store=True)
    state = fields.Selection(related="recall_id.state")
    lot_id = fields.Many2one("stock.lot", string="Batch", required=True, check_company=True, index=True)
    product_id = fields.Many2one(related="lot_id.product_id", store=True)
    production_date = fields.Date(related="lot_id.production_date")
    expiration_on = fields.Date(related="lot_id.expiration_on")
    quality_state = fields.Selection(related="lot_id.quality_state")
    former_state = fields.Char(readonly=True, copy=False, help="Quality of the batch before the recall. A cancelled recall restores it.")
    received_quantity = fields.Float(string="Received", compute="_compute_balance", digits="Product Unit")
    delivered_quantity = fields.Float(string="With Customers", compute="_compute_balance", digits="Product Unit")
    on_hand_quantity = fields.Float(string="On Hand", compute="_compute_balance", digits="Product Unit")
    difference = fields.Float(string="Unaccounted", compute="_compute_balance", digits="Product Unit")

    _lot_once = models.Constraint("UNIQUE(recall_id, lot_id)", "The batch is on this recall already.")

    @api.depends("lot_id", "recall_id.company_id")
    def _compute_balance(self):
        for recall, lines in self.grouped("recall_id").items():
            balances = recall._get_balances(lines.lot_id)
            for line in lines:
                balance = balances.get(line.lot_id.id) or recall_balance.Balance()
                line.received_quantity = balance.received
                line.delivered_quantity = balance.delivered
                line.on_hand_quantity = balance.on_hand
                line.difference = balance.difference

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create([{key: value for key, value in vals.items() if key != "former_state"} for vals in vals_list])
        lines._check_open()
        return lines

    def write(self, vals):
        if not self.env.su and not {"recall_id", "lot_id", "former_state"}.isdisjoint(vals) and any(self.mapped("former_state")):
            raise UserError(self.env._("A stopped batch stays on its recall. Cancel the recall to release it."))
        if not self.env.su and "former_state" in vals:
            raise UserError(self.env._("The state of a recall changes with its buttons only."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        if any(self.mapped("former_state")):
            raise UserError(self.env._("A stopped batch stays on its recall. Cancel the recall to release it."))

    def _check_open(self):
        if any(line.recall_id.state in ("closed", "cancelled") for line in self):
            raise UserError(self.env._("This recall is over. Enter a new recall."))

    def _freeze(self):
        """Keep the state of each batch, recall it and free what is reserved of it. One recall at a time."""
        recall = self.recall_id
        # sudo: nobody types this field
        for state, lines in self.grouped(lambda line: line.lot_id.quality_state).items():
            lines.sudo().former_state = state
        lots = self.lot_id.filtered(lambda lot: lot.quality_state != "recalled")
        if lots:
            lots._set_quality_state("recalled", self.env._("Recall %(name)s: %(reason)s", name=recall.name, reason=recall.reason))
        self._free_reservations()

    def _free_reservations(self):
        """Free what is reserved of the batches, with one write per stock entry: core searches and writes it anew for every line."""
        # sudo: a batch that companies share must not leave the warehouse of another company either.
        lines = self.env["stock.move.line"].sudo().search(self._get_reserved_domain())
        if not lines:
            return
        reserved = defaultdict(float)
        for line in lines:
            if line.move_id and not line.move_id._should_bypass_reservation(line.location_id):
                reserved[line.product_id, line.location_id, line.lot_id, line.package_id, line.owner_id] += line.quantity_product_uom
        quants = self.env["stock.quant"].sudo()  # sudo: as above
        # Core skips entries that others have locked and writes a negative one beside them: wait for them first.
        quants._get_locked_quantities([(product, lot, location) for product, location, lot, _package, _owner in reserved])
        for (product, location, lot, package, owner), quantity in reserved.items():
            if quantity:
                quants._update_reserved_quantity(product, location, -quantity, lot_id=lot, package_id=package, owner_id=owner, strict=True)
        # Freed above: without a quantity, core deletes the lines without freeing them once more.
        lines.flush_recordset()
        self.env.cr.execute(SQL("UPDATE stock_move_line SET quantity = 0, quantity_product_uom = 0 WHERE id IN %s", tuple(lines.ids)))
        lines.invalidate_recordset(["quantity", "quantity_product_uom"])
        lines.unlink()

    def _get_reserved_domain(self):
        """Return the domain of undelivered goods of these batches that are on their way out of stock.

        Goods on their way to scrap or back to the supplier may go on: that is where they belong.
        """
        return [
            ("lot_id", "in", self.lot_id.ids),
            ("state", "not in", ("done", "cancel")),
            ("location_id.usage", "in", ("internal", "transit")),
            "|",
            ("location_dest_id.usage", "not in", ("supplier", "inventory")),
            ("location_dest_id.shelf_life_use", "!=", False),
        ]

    def _restore(self):
        """Give the batches their former state. What another open or closed recall stops stays recalled, and that one inherits the state."""
        frozen = self.filtered("former_state")
        # sudo: a batch that companies share is held by the recall of another company too.
        others = (
            self.sudo()
            .search(
                [
                    ("lot_id", "in", frozen.lot_id.ids),
                    ("recall_id", "not in", frozen.recall_id.ids),
                    ("recall_id.state", "!=", "cancelled"),
                    ("former_state", "!=", False),
                ],
                order="id",
            )
            .grouped("lot_id")
        )
        kept = frozen.filtered(lambda line: line.lot_id in others)
        for line in kept:
            heir = others[line.lot_id].filtered(lambda other: other.former_state == "recalled")[:1]
            if line.former_state != "recalled":
                heir.former_state = line.former_state
        reason = self.env._("Recall %s was cancelled", self.recall_id.name)
        released = (frozen - kept).grouped("former_state")
        frozen.sudo().former_state = False  # sudo: nobody types this field
        for state, lines in released.items():
            if state != "recalled":
                lines.lot_id._set_quality_state(state, reason)
