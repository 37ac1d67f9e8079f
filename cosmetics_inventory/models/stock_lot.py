"""The dates of a batch: typed in one way or another, derived in one place."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import shelf_life

# What a user types; everything else follows from it.
DATE_INPUTS = ("production_date", "shelf_life_months", "expiry_basis", "expiration_on", "expiration_date")
# What a correction may touch; the log names these.
CORRECTABLE = ("production_date", "shelf_life_months", "expiry_basis", "expiration_on")
# Nobody writes these by hand for goods with a managed shelf life, not by import or RPC either.
DERIVED = ("use_date", "alert_date", "removal_date", "total_life_days", "sale_stop_on", "band_id", "band_next_on")


class StockLot(models.Model):
    _inherit = "stock.lot"

    is_shelf_life_managed = fields.Boolean(related="product_id.is_shelf_life_managed")
    brand_id = fields.Many2one(related="product_id.brand_id", store=True, index="btree_not_null")
    production_date = fields.Date(tracking=True, copy=False, help="The production date printed on the pack.")
    shelf_life_months = fields.Integer(
        string="Shelf Life (Months)", help="Months from production to the use-by date; comes from the product, the pack may say otherwise."
    )
    expiry_basis = fields.Selection(
        [("production", "Production Date and Shelf Life"), ("printed", "Printed Use-by Date")],
        string="Use-by Date from",
        help="The law knows two kinds of labels: production date with shelf life, or batch number with use-by date.",
    )
    expiration_on = fields.Date(
        string="Use-by Date",
        index=True,
        tracking=True,
        help="The last day on which the goods may be used, in China time. At midnight after it they are expired.",
    )
    total_life_days = fields.Integer(string="Whole Life (Days)", readonly=True, aggregator=None)
    sale_stop_on = fields.Date(
        string="Sale Stops on", readonly=True, index="btree_not_null", help="The first day on which the batch may not be sold any more."
    )
    band_id = fields.Many2one("cosmetics.shelf.life.band", readonly=True, index="btree_not_null", ondelete="set null")
    band_next_on = fields.Date(
        string="Band Changes on", readonly=True, index="btree_not_null", help="The day on which the batch enters its next band."
    )

    # ------------------------------------------------------------------ core's dates
    @api.depends("product_id")
    def _compute_expiration_date(self):
        """Core forgets a typed date when the product changes, and makes goods expire on arrival that have no days set: not here."""
        undated = self.filtered(
            lambda lot: (
                not (lot.expiration_date or lot.is_shelf_life_managed)
                and lot.product_id.use_expiration_date
                and lot.product_id.expiration_time
            )
        )
        for lot in self - undated:
            lot.expiration_date = lot.expiration_date
        return super(StockLot, undated)._compute_expiration_date()

    @api.depends("product_id", "expiration_date")
    def _compute_dates(self):
        """Core's dates of cosmetics follow from the use-by date and the bands; the days on the product are for the others."""
        managed = self.filtered("is_shelf_life_managed")
        for lot in managed:
            vals = lot._get_derived_vals(lot.expiration_on, lot.total_life_days, lot.company_id.id)
            lot.use_date, lot.alert_date, lot.removal_date = vals["use_date"], vals["alert_date"], vals["removal_date"]
        return super(StockLot, self - managed)._compute_dates()

    @api.constrains("expiration_on", "product_id")
    def _check_expiration_on(self):
        """A batch of cosmetics without a use-by date could never be judged (CSAR art. 39)."""
        for lot in self:
            if lot.is_shelf_life_managed and not lot.expiration_on:
                raise ValidationError(
                    self.env._(
                        "Batch %(lot)s of “%(product)s” has no use-by date. Enter its production date (and the shelf life of the product), "
                        "or the use-by date printed on the pack.",
                        lot=lot.name,
                        product=lot.product_id.display_name,
                    )
                )

    @api.constrains("production_date", "expiration_on", "shelf_life_months")
    def _check_production_date(self):
        for lot in self.filtered("is_shelf_life_managed"):
            names = {"lot": lot.name, "product": lot.product_id.display_name}
            if lot.production_date and lot.expiration_on and lot.expiration_on < lot.production_date:
                raise ValidationError(
                    self.env._(
                        "Batch %(lot)s of “%(product)s” would expire on %(expiry)s, before it was made on %(production)s. "
                        "Correct one of the dates.",
                        **names,
                        expiry=lot.expiration_on,
                        production=lot.production_date,
                    )
                )
            if lot.production_date and lot.production_date > self._get_china_today():
                raise ValidationError(
                    self.env._(
                        "Batch %(lot)s of “%(product)s”: the production date %(production)s lies in the future. Look at the pack again.",
                        **names,
                        production=lot.production_date,
                    )
                )
            if lot.shelf_life_months < 0:
                raise ValidationError(
                    self.env._("Batch %(lot)s of “%(product)s”: enter the shelf life in months, e.g. 36.", **names),
                )

    @api.onchange("production_date", "shelf_life_months", "expiry_basis", "product_id")
    def _onchange_shelf_life(self):
        """Show while typing what saving will derive; the rule itself is in create and write."""
        if not self.is_shelf_life_managed:
            return
        self.shelf_life_months = self.shelf_life_months or self.product_id.shelf_life_months
        if self.production_date and self.shelf_life_months and self.expiry_basis != "printed":
            self.expiration_on = shelf_life.expiry_of(self.production_date, self.shelf_life_months)

    # ------------------------------------------------------------------ create and write
    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [{name: value for name, value in vals.items() if name != "is_held"} for vals in vals_list]
        return super().create(self._complete_date_vals_list(vals_list))

    def write(self, vals):
        """Write values together with all dates that follow from them: one write for each different outcome."""
        vals = {name: value for name, value in vals.items() if name != "is_held"}
        if not vals.keys() & {*DATE_INPUTS, *DERIVED, "product_id", "company_id"}:
            return super().write(vals)
        product = self.env["product.product"].browse(vals["product_id"]) if vals.get("product_id") else None
        outcomes = {lot: lot._resolve_vals(vals, product or lot.product_id) for lot in self}
        self._check_date_change(outcomes)
        for lots, outcome in self._group_outcomes(outcomes):
            super(StockLot, lots).write(outcome)
        return True

    def _update_shelf_life(self):
        """Derive all dates of these batches anew, e.g. after the limits of a band have changed.

        Costs one write for each different use-by date, not for each batch: a hundred thousand batches have a few
        thousand different ones. What stays the same is not written, so that stock records are not touched for nothing.
        """
        outcomes = {}
        for lot in self:
            vals = lot._resolve_vals({}, lot.product_id)
            current = lot._convert_to_write({name: lot[name] for name in vals})
            if changed := {name: value for name, value in vals.items() if current[name] != value}:
                outcomes[lot] = changed
        for lots, outcome in self._group_outcomes(outcomes):
            lots._write_derived(outcome)

    def _write_derived(self, vals):
        """Write dates and bands that were derived already."""
        return super().write(vals)  # pylint: disable=super-method-mismatch  # our own write would derive them again

    @api.model
    def _group_outcomes(self, outcomes):
        """Return (batches, values) pairs from {batch: values}, batches with equal values together."""
        groups = defaultdict(list)
        for lot, outcome in outcomes.items():
            groups[repr(sorted(outcome.items(), key=lambda item: item[0]))].append(lot.id)
        return [(self.browse(ids), outcomes[self.browse(ids[0])]) for ids in groups.values()]

    @api.model
    def _complete_date_vals_list(self, vals_list):
        """Return the values of new batches with every date derived; no query per batch."""
        defaults = self.default_get(["product_id", *DATE_INPUTS])
        vals_list = [{**defaults, **vals} for vals in vals_list]
        products = self.env["product.product"].browse({vals["product_id"] for vals in vals_list if vals.get("product_id")})
        by_id = {product.id: product for product in products}
        nothing = self.browse()
        return [nothing._resolve_vals(vals, by_id.get(vals.get("product_id"), products.browse())) for vals in vals_list]

    def _resolve_vals(self, vals, product):
        """Return vals with the dates that follow from them, from the batch as it is (none for a new one) and from its product.

        :param dict vals: values of a create or write
        :param product: product.product the batch has afterwards
        """
        if not product.is_shelf_life_managed:
            return self._resolve_unmanaged_vals(vals, product)
        months = self._resolve_months(vals, product)
        production_on = fields.Date.to_date(vals.get("production_date", self.production_date)) or None
        if self and self.product_id == product and not vals.keys() & set(DATE_INPUTS):
            # a product that has become cosmetics finds batches without a basis
            expiration_on, basis = self.expiration_on, self.expiry_basis or ("printed" if self.expiration_on else False)
        else:
            expiration_on, basis = self._resolve_expiry(vals, product, production_on, months)
        total = shelf_life.total_days(production_on, expiration_on, months)
        company_id = vals.get("company_id", (self or product).company_id.id) or False
        return {
            **vals,
            "shelf_life_months": months,
            "expiry_basis": basis,
            **self._get_derived_vals(expiration_on, total, company_id),
        }

    def _resolve_expiry(self, vals, product, production_on, months):
        """Return (use-by date, basis) for values; raise a ValidationError when they contradict each other."""
        basis = vals.get("expiry_basis", self.expiry_basis) or None
        typed = self._get_typed_expiry(vals)
        is_calculated = basis == "production" and production_on and months
        if not typed and not is_calculated and not vals.keys() & {"expiration_on", "expiration_date"}:
            typed = self.expiration_on  # a date that was typed once is not lost
        try:
            return shelf_life.resolve_expiry(production_on, months, basis, typed or None)
        except shelf_life.ContradictionError as error:
            typed, calculated = error.args
            raise ValidationError(
                self.env._(
                    "Batch %(lot)s of “%(product)s”: made on %(production)s and kept for %(months)s months it expires on %(calculated)s, "
                    "not on %(typed)s. Look at the pack again, or choose “Printed Use-by Date”.",
                    lot=vals.get("name") or self.name or "",
                    product=product.display_name,
                    production=production_on,
                    months=months,
                    calculated=calculated,
                    typed=typed,
                )
            ) from error

    def _resolve_months(self, vals, product):
        """Return the shelf life in months: what is typed, else that of the product; a new product brings its own."""
        if vals.get("shelf_life_months"):
            return vals["shelf_life_months"]
        if self and self.product_id == product:
            return self.shelf_life_months or product.shelf_life_months
        return product.shelf_life_months

    @api.model
    def _get_typed_expiry(self, vals):
        """Return the use-by day among values; core's receipts and imports bring a datetime. None when there is none."""
        if vals.get("expiration_on"):
            return fields.Date.to_date(vals["expiration_on"])
        if vals.get("expiration_date"):
            return shelf_life.china_day(fields.Datetime.to_datetime(vals["expiration_date"]))
        return None

    def _resolve_unmanaged_vals(self, vals, product):
        """Return vals for goods outside the rules of cosmetics: core's dates stay core's, but expired is expired."""
        vals = {name: value for name, value in vals.items() if name not in ("total_life_days", "sale_stop_on", "band_id", "band_next_on")}
        if vals.get("expiration_on") and "expiration_date" not in vals:
            vals["expiration_date"] = shelf_life.last_moment(fields.Date.to_date(vals["expiration_on"]))
        if "expiration_date" not in vals and not self.expiration_date and product.use_expiration_date and product.expiration_time:
            vals["expiration_date"] = fields.Datetime.add(fields.Datetime.now(), days=product.expiration_time)
        moment = fields.Datetime.to_datetime(vals.get("expiration_date", self.expiration_date))
        expiration_on = shelf_life.china_day(moment) if moment else False
        return {
            **vals,
            **({} if "expiration_date" in vals else {"expiration_date": self.expiration_date}),
            "expiration_on": expiration_on,
            "total_life_days": 0,
            "sale_stop_on": expiration_on and fields.Date.add(expiration_on, days=1),
            "band_id": False,
            "band_next_on": False,
        }

    @api.model
    def _get_derived_vals(self, expiration_on, total, company_id):
        """Return the values of all fields that follow from a use-by date.

        :param expiration_on: date, or a false value
        :param int total: days of the whole life, 0 when not known
        :param company_id: whose bands hold, False for goods shared by all companies
        """
        if not expiration_on:
            names = ("expiration_on", "expiration_date", "total_life_days", *DERIVED)
            return {**dict.fromkeys(names, False), "total_life_days": 0}
        bands = self.env["cosmetics.shelf.life.band"]._get_plan_bands(company_id or False)
        plan = shelf_life.schedule(expiration_on, total, bands)
        band, next_on = shelf_life.band_on(plan, self._get_china_today())
        stop_on = plan.sale_stop_on
        near_on = plan.near_on or stop_on
        watch_on = plan.watch_on or near_on
        return {
            "expiration_on": expiration_on,
            "expiration_date": shelf_life.last_moment(expiration_on),
            "use_date": shelf_life.last_moment(near_on - shelf_life.ONE_DAY),
            "alert_date": shelf_life.first_moment(watch_on),
            "removal_date": shelf_life.last_moment(stop_on - shelf_life.ONE_DAY),
            "total_life_days": total,
            "sale_stop_on": stop_on,
            "band_id": band.key if band else False,
            "band_next_on": next_on or False,
        }

    def _check_date_change(self, outcomes):
        """Raise when dates of batches that have moved would change without a reason.

        The system itself (superuser) may: it acts for a user whose right was checked before, see `_correct_dates`.

        :param dict outcomes: {batch: values it is going to have}
        """
        if self.env.su:
            return
        changed = self.filtered(
            lambda lot: (
                lot.is_shelf_life_managed
                and lot.expiration_on  # filling a gap is no correction
                and any(
                    self._fields[name].convert_to_cache(value, lot) != self._fields[name].convert_to_cache(lot[name], lot)
                    for name, value in outcomes[lot].items()
                    if name in CORRECTABLE
                )
            )
        )
        if moved := changed.filtered("has_moved")[:1]:
            raise UserError(
                self.env._(
                    "Batch %(lot)s of “%(product)s” has been received already: its dates are changed with “Correct Dates”, "
                    "by the quality manager and with a reason.",
                    lot=moved.name,
                    product=moved.product_id.display_name,
                )
            )

    @api.model
    def _get_china_today(self):
        """Return the calendar day in China: the same for every shop and user, whatever time zone they set."""
        return shelf_life.china_day(fields.Datetime.now())
