"""One batch in the grid of a receipt."""

from odoo import api, fields, models

from ..tools import shelf_life


class CosmeticsReceiptGridLine(models.TransientModel):
    """A batch with one typed date; the other is shown at once, and so is whether the batch lives long enough."""

    _name = "cosmetics.receipt.grid.line"
    _description = "Batch of a Receipt"
    _order = "id"

    grid_id = fields.Many2one("cosmetics.receipt.grid", required=True, ondelete="cascade")
    product_id = fields.Many2one("product.product", required=True, domain="[('is_storable', '=', True)]", ondelete="cascade")
    is_shelf_life_managed = fields.Boolean(related="product_id.is_shelf_life_managed")
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    batch_no = fields.Char(string="Batch")
    production_date = fields.Date(help="As printed on the pack; the use-by date follows from the shelf life of the product.")
    expiration_on = fields.Date(string="Use-by Date", help="Last usable day as printed on the pack.")
    # Counted back from the use-by date: shown for orientation, never written to the batch.
    is_production_calculated = fields.Boolean()
    quantity = fields.Float(digits="Product Unit")
    is_inspection_failed = fields.Boolean(string="Failed", help="The goods failed the inspection: the batch comes in rejected.")
    verdict = fields.Selection(
        [("open", "To Enter"), ("missing", "Date Missing"), ("expired", "Expired"), ("short", "Too Short"), ("good", "Good")],
        compute="_compute_verdict",
    )
    verdict_text = fields.Char(string="Remaining Life", compute="_compute_verdict")

    @api.depends("batch_no", "expiration_on", "production_date", "product_id", "is_production_calculated")
    def _compute_verdict(self):
        today = shelf_life.china_day(fields.Datetime.now())
        for line in self:
            line.verdict, line.verdict_text = line._get_verdict(today) if line.product_id else ("open", False)

    @api.onchange("production_date")
    def _onchange_production_date(self):
        if self.is_production_calculated and self.production_date == self.product_id._get_production_of(self.expiration_on):
            return  # the echo of what was counted back
        self.is_production_calculated = False
        if expiry := self.product_id._get_expiry_of(self.production_date):
            self.expiration_on = expiry

    @api.onchange("expiration_on")
    def _onchange_expiration_on(self):
        if not self.expiration_on or (self.production_date and not self.is_production_calculated):
            return  # nothing to count from, or a production date that somebody read on the pack
        self.production_date = self.product_id._get_production_of(self.expiration_on)
        self.is_production_calculated = bool(self.production_date)

    @api.onchange("batch_no", "product_id")
    def _onchange_batch_no(self):
        """Show the dates of a batch that came before."""
        lot = self._find_lot()
        if lot and lot.expiration_on and not self.expiration_on:
            self.production_date, self.expiration_on = lot.production_date, lot.expiration_on

    @api.model
    def _prepare_vals_of_picking(self, picking):
        """Return the values of the lines a receipt starts with: its batches so far, and what is still to be entered."""
        vals_list = []
        for product, moves in picking.move_ids.grouped("product_id").items():
            moves = moves.filtered(lambda move: move.state not in ("done", "cancel"))
            if product.tracking != "lot" or not moves:
                continue
            batches = moves.move_line_ids.filtered(lambda line: line.lot_id or line.lot_name)
            vals_list += [self._prepare_vals_of_move_line(line) for line in batches]
            rest = product.uom_id.round(sum(moves.mapped("product_qty")) - sum(batches.mapped("quantity_product_uom")))
            if rest > 0:
                vals_list.append({"product_id": product.id, "quantity": rest})
        return vals_list

    @api.model
    def _prepare_vals_of_move_line(self, line):
        return {
            "product_id": line.product_id.id,
            "batch_no": line.lot_id.name or line.lot_name,
            "production_date": line.production_date or line.lot_id.production_date,
            "expiration_on": line._get_expiry() or line.lot_id.expiration_on,
            "quantity": line.quantity_product_uom,
            "is_inspection_failed": line.is_inspection_failed,
        }

    def _prepare_move_line_vals(self, move, quantity):
        """Return the values of the move line of this batch; without a move the receipt gets a new one.

        :param float quantity: in the unit of the product
        """
        self.ensure_one()
        picking = self.grid_id.picking_id
        lot = self._find_lot()
        target = move.location_dest_id or picking.location_dest_id
        return {
            "picking_id": picking.id,
            "move_id": move.id,
            "product_id": self.product_id.id,
            "product_uom_id": self.product_id.uom_id.id,
            "quantity": quantity,
            "lot_id": lot.id,
            "lot_name": False if lot else self.batch_no.strip(),
            "production_date": False if self.is_production_calculated else self.production_date,
            "expiration_on": self.expiration_on or self.product_id._get_expiry_of(self.production_date),
            "is_inspection_failed": self.is_inspection_failed,
            "location_id": move.location_id.id or picking.location_id.id,
            "location_dest_id": target._get_putaway_strategy(self.product_id, quantity=quantity).id,
            "picked": False,
        }

    def _take_label(self, label):
        """Fill the line with what a label says, as if it had been typed.

        :param tools.label_code.Label label: product and quantity are decided by the caller
        """
        self.ensure_one()
        self.batch_no = label.batch
        if label.production_on:
            self.production_date = label.production_on
            self._onchange_production_date()
        if label.expiration_on:
            self.expiration_on = label.expiration_on
            self._onchange_expiration_on()
        self._onchange_batch_no()

    def _find_lot(self):
        """Return the batch of the product with this number, empty when it is new."""
        lots = self.env["stock.lot"]
        if not (self.batch_no and self.product_id):
            return lots
        company = self.grid_id.picking_id.company_id
        return lots.search(
            [
                ("product_id", "=", self.product_id.id),
                ("name", "=", self.batch_no.strip()),
                ("company_id", "in", (False, company.id)),
            ],
            limit=1,
        )

    def _get_verdict(self, today):
        """Return (verdict, text) on the remaining life of the batch."""
        if not self.batch_no:
            return "open", self.env._("Enter the batch")
        expiry = self.expiration_on or self.product_id._get_expiry_of(self.production_date)
        if not expiry:
            return ("missing", self.env._("Enter a date")) if self.is_shelf_life_managed else ("good", False)
        left = shelf_life.remaining_days(expiry, today)
        if left < 0:
            return "expired", self.env._("Expired %s days ago", -left)
        made_on = False if self.is_production_calculated else self.production_date
        total = shelf_life.total_days(made_on or None, expiry, self.product_id.shelf_life_months)
        picking = self.grid_id.picking_id
        floor = self.product_id._get_receipt_floor(picking.partner_id, picking.company_id, total)
        if floor and expiry < floor:
            return "short", self.env._("%(left)s days left, agreed until %(floor)s", left=left, floor=floor)
        share = shelf_life.remaining_ratio(expiry, today, total)
        return "good", self.env._("%(left)s days, %(share)s%%", left=left, share=round(share * 100)) if total else self.env._(
            "%s days", left
        )
