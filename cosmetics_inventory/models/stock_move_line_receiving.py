"""What happens when a batch comes in from a supplier: dates, minimum remaining life, inspection record."""

from odoo import api, fields, models
from odoo.addons.cosmetics_base.models.product_template import REGULATED_KINDS
from odoo.exceptions import ValidationError

from ..tools import shelf_life

RECORDED_FIELDS = {"quantity", "lot_id", "product_uom_id"}


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    # Typed at the receipt of a new batch. Not computed from the batch: deliveries have no use for them.
    production_date = fields.Date(copy=False, help="As printed on the pack. With the shelf life of the product it gives the use-by date.")
    expiration_on = fields.Date(
        string="Use-by Date",
        copy=False,
        help="Last usable day as printed on the pack. Leave empty when the pack shows the production date.",
    )
    is_inspection_failed = fields.Boolean(
        string="Failed Inspection", copy=False, help="The goods failed the inspection at receipt: the batch comes in rejected."
    )
    is_shelf_life_managed = fields.Boolean(related="product_id.is_shelf_life_managed")

    @api.depends("expiration_on", "production_date", "is_shelf_life_managed")
    def _compute_expiration_date(self):
        """Core takes the planned day of the receipt plus days: for cosmetics it is what the pack says, or nothing."""
        new = self.filtered(lambda line: line.is_shelf_life_managed and not line.lot_id)
        for line in new:
            expiry = line._get_expiry()
            line.expiration_date = shelf_life.last_moment(expiry) if expiry else False
        return super(StockMoveLine, self - new)._compute_expiration_date()

    @api.depends("is_shelf_life_managed")
    def _compute_removal_date(self):
        """A batch that does not exist yet has no day to be taken out of stock."""
        new = self.filtered(lambda line: line.is_shelf_life_managed and not line.lot_id)
        new.removal_date = False
        return super(StockMoveLine, self - new)._compute_removal_date()

    @api.onchange("production_date")
    def _onchange_production_date(self):
        if self.is_shelf_life_managed and (expiry := self.product_id._get_expiry_of(self.production_date)):
            self.expiration_on = expiry

    @api.onchange("lot_name", "lot_id")
    def _onchange_batch_dates(self):
        """Show the dates of a batch that is known already."""
        lot = self.lot_id or self._find_named_lots().get((self.product_id.id, self.lot_name))
        if lot and lot.expiration_on and self.is_shelf_life_managed:
            self.production_date, self.expiration_on = lot.production_date, lot.expiration_on

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if late := lines.filtered(lambda line: line.state == "done")._filtered_received():
            late._after_receive()  # added to a receipt that is done already
        return lines

    def write(self, vals):
        done = self.filtered(lambda line: line.state == "done")._filtered_received() if RECORDED_FIELDS & vals.keys() else self.browse()
        before = {line: (line.quantity_product_uom, line.lot_id) for line in done}
        res = super().write(vals)
        changed = done.filtered(lambda line: (line.quantity_product_uom, line.lot_id) != before[line])
        changed._correct_inspection_records()
        return res

    def _action_done(self):
        received = self._filtered_received()
        received._check_batch_dates()
        res = super()._action_done()
        received.exists()._after_receive()
        self.exists()._note_warehouses()
        return res

    def _prepare_new_lot_vals(self):
        """Carry the typed dates into the new batch; core's date (planned day of the receipt + days) is an invention."""
        vals = super()._prepare_new_lot_vals()
        if not self.product_id.is_shelf_life_managed:
            return vals
        vals.pop("expiration_date", None)
        if self.production_date:
            vals["production_date"] = self.production_date
        if self.expiration_on and not self._is_expiry_calculated():
            vals.update(expiration_on=self.expiration_on, expiry_basis="printed")
        return vals

    def _get_expiry(self):
        """Return the use-by date that is typed, or that follows from production date and shelf life; None without either."""
        self.ensure_one()
        return self.expiration_on or self.product_id._get_expiry_of(self.production_date)

    def _is_expiry_calculated(self):
        """Tell whether the use-by date is just what production date and shelf life give."""
        self.ensure_one()
        return bool(self.production_date) and self._get_expiry() == self.product_id._get_expiry_of(self.production_date)

    def _get_date_tolerance(self, day):
        """Return the days by which a date may differ: a calculated use-by date may count the first or the last day twice."""
        self.ensure_one()
        return shelf_life.TOLERANCE_DAYS if day == self._get_expiry() and self._is_expiry_calculated() else 0

    def _filtered_received(self):
        """Return the lines that bring goods of a supplier into stock, with a quantity."""
        return self.filtered(
            lambda line: line.location_id.usage == "supplier" and line.location_dest_id.usage == "internal" and line.quantity > 0
        )

    def _get_supplier(self):
        """Return the partner the goods came from, empty when the receipt names nobody."""
        return self.picking_id.partner_id or self.move_id.partner_id

    def _find_named_lots(self):
        """Return {(product id, batch number): lot} of the existing batches these lines name without choosing them."""
        named = self.filtered(lambda line: line.lot_name and not line.lot_id and line.product_id)
        if not named:
            return {}
        lots = self.env["stock.lot"].search(
            [
                ("product_id", "in", named.product_id.ids),
                ("name", "in", named.mapped("lot_name")),
                "|",
                ("company_id", "=", False),
                ("company_id", "in", named.company_id.ids),
            ]
        )
        return {(lot.product_id.id, lot.name): lot for lot in lots}

    def _check_batch_dates(self):
        """Refuse a batch number that is known with another date: one of the two dates is wrong, or the goods are."""
        managed = self.filtered("is_shelf_life_managed")
        named = managed._find_named_lots()
        first = {}
        for line in managed:
            dates = (line.production_date, line._get_expiry())
            key = (line.product_id.id, line.lot_id.name or line.lot_name)
            lot = line.lot_id or named.get(key)
            known = (lot.production_date, lot.expiration_on) if lot else first.setdefault(key, dates)
            for typed, there in zip(dates, known, strict=True):
                if typed and there and abs((typed - there).days) > line._get_date_tolerance(typed):
                    raise ValidationError(
                        self.env._(
                            "Batch %(batch)s of “%(product)s” is known with the date %(known)s, but now %(typed)s was entered. "
                            "Look at the pack: correct the date, or the batch number.",
                            batch=key[1],
                            product=line.product_id.display_name,
                            known=there,
                            typed=typed,
                        )
                    )

    def _after_receive(self):
        """Enforce the minimum remaining life, then record the inspection of what the law regulates."""
        self._complete_known_batches()
        self._enforce_receipt_minimum()
        regulated = self.filtered(lambda line: line.product_id.cosmetic_kind in REGULATED_KINDS and line.quantity > 0)
        if regulated:
            self.env["cosmetics.inspection.record"]._create_for_lines(regulated)

    def _complete_known_batches(self):
        """Give the typed dates to a batch that was there without any; filling a gap is no correction."""
        for line in self.filtered(lambda line: line.is_shelf_life_managed and line.lot_id and not line.lot_id.expiration_on):
            vals = {name: line[name] for name in ("production_date", "expiration_on") if line[name]}
            if vals:
                basis = "production" if line._is_expiry_calculated() or not line.expiration_on else "printed"
                line.lot_id.sudo().write({**vals, "expiry_basis": basis})  # sudo: correcting dates is for few, this is none

    def _enforce_receipt_minimum(self):
        """Refuse or hold batches with less remaining life than agreed, as the company decides."""
        short = self.filtered(lambda line: line.is_shelf_life_managed and line.lot_id.expiration_on)._filtered_short_lived()
        for line in short:
            sentence = line._get_short_life_sentence()
            if line.company_id.receipt_min_policy == "refuse":
                self.env["cosmetics.shelf.life.log"]._record_apart([line._prepare_short_life_log_vals(sentence)])
                raise ValidationError(
                    self.env._("%s Take the batch out of the receipt, or agree on a lower minimum with the supplier.", sentence)
                )
            if line.lot_id.quality_state == "released":
                # sudo: the rule holds the batch, whatever the rights of the one who receives it
                line.lot_id.sudo()._set_quality_state("quarantine", sentence)

    def _filtered_short_lived(self):
        """Return the lines whose batch lives shorter than the agreed minimum, counted on the China day of the receipt."""
        return self.filtered(lambda line: (floor := line._get_receipt_floor()) and line.lot_id.expiration_on < floor)

    def _get_receipt_floor(self):
        """Return the earliest use-by date the vendor may deliver today in China, None when nothing is agreed."""
        self.ensure_one()
        return self.product_id._get_receipt_floor(self._get_supplier(), self.company_id, self.lot_id.total_life_days)

    def _get_short_life_sentence(self):
        self.ensure_one()
        day = shelf_life.china_day(fields.Datetime.now())
        return self.env._(
            "Batch %(batch)s of “%(product)s” can be used until %(day)s, %(left)s days from now; agreed is at least until %(floor)s.",
            batch=self.lot_id.name,
            product=self.product_id.display_name,
            day=self.lot_id.expiration_on,
            left=shelf_life.remaining_days(self.lot_id.expiration_on, day),
            floor=self._get_receipt_floor(),
        )

    def _prepare_short_life_log_vals(self, sentence):
        # The batch may be new and gone with this transaction: the log keeps its name, not its id.
        return {
            "kind": "refusal",
            "code": "receipt_minimum",
            "sentence": sentence,
            "company_id": self.company_id.id,
            "product_id": self.product_id.id,
            "lot_name": self.lot_id.name,
            "document": self.picking_id.name,
            "res_model": "stock.picking",
            "res_id": self.picking_id.id,
            "quantity": self.quantity_product_uom,
        }

    def _correct_inspection_records(self):
        """Let the inspection records say what changed lines of done receipts say."""
        records = self.env["cosmetics.inspection.record"].sudo().search([("move_line_id", "in", self.ids), ("corrected_id", "=", False)])
        for record in records:  # sudo above: the receipt decides, whoever sees the record
            record._append_correction(record.move_line_id, self.env._("The receipt was changed after it was done"))

    def _note_warehouses(self):
        """Remember in which warehouses the batches lie; moves inside one warehouse tell nothing new."""
        arrived = self.filtered(
            lambda line: line.lot_id and (there := line.location_dest_id.warehouse_id) and there != line.location_id.warehouse_id
        )
        for warehouse, lines in arrived.grouped(lambda line: line.location_dest_id.warehouse_id).items():
            lines.lot_id._note_warehouse(warehouse)
