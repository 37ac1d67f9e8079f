"""What the dates of a batch mean today: what is left, which band, may it be sold."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import shelf_life

BATCH_SIZE = 1000
SQL_OPERATORS = {"<": SQL("<"), "<=": SQL("<="), ">": SQL(">"), ">=": SQL(">=")}


class StockLot(models.Model):
    _inherit = "stock.lot"

    quality_state = fields.Selection(
        [("released", "Released"), ("quarantine", "Quarantine"), ("rejected", "Rejected"), ("recalled", "Recalled")],
        default="released",
        required=True,
        copy=False,
        index=True,
        tracking=True,
        help="Only released batches may be sold, given away or sent to a shop.",
    )
    is_held = fields.Boolean(
        string="Held",
        compute="_compute_is_held",
        store=True,
        precompute=True,
        help="In quarantine, rejected or recalled: the batch stays where it is.",
    )
    remaining_days = fields.Integer(
        compute="_compute_remaining",
        search="_search_remaining_days",
        help="Days left after today: 0 on the last usable day, negative when expired.",
        aggregator=None,
    )
    remaining_ratio = fields.Float(
        string="Remaining Share of Life",
        compute="_compute_remaining",
        search="_search_remaining_ratio",
        help="What is left of the whole shelf life, 0 to 1.",
        aggregator=None,
    )

    @api.depends("quality_state")
    def _compute_is_held(self):
        for lot in self:
            lot.is_held = lot.quality_state != "released"

    @api.depends("expiration_on", "total_life_days")
    def _compute_remaining(self):
        today = self._get_china_today()
        for lot in self:
            expiration_on = lot.expiration_on
            lot.remaining_days = shelf_life.remaining_days(expiration_on, today) if expiration_on else 0
            lot.remaining_ratio = shelf_life.remaining_ratio(expiration_on, today, lot.total_life_days) if expiration_on else 0.0

    def _get_sale_obstacle(self, day=None):
        """Return why batches may not be sold, as {lot: code}; a batch that may be sold is not in it.

        :param date day: calendar day in China, today when not given
        :return: codes "expired", "quarantine", "rejected", "recalled", "stopped"; expired goes before quality, quality before stopped
        """
        day = day or self._get_china_today()
        obstacles = {}
        for lot in self:
            if lot.expiration_on and lot.expiration_on < day:
                obstacles[lot] = "expired"
            elif lot.quality_state != "released":
                obstacles[lot] = lot.quality_state
            elif lot.sale_stop_on and lot.sale_stop_on <= day:
                obstacles[lot] = "stopped"
        return obstacles

    def _is_sellable(self, day=None):
        """Return the batches that may be sold on a day (today when not given)."""
        obstacles = self._get_sale_obstacle(day)
        return self.filtered(lambda lot: lot not in obstacles)

    @api.model
    def _update_all_bands(self):
        """Bring every batch of managed goods to the present limits.

        The database groups the batches that have equal dates, so the cost follows the number of different use-by dates:
        one calculation and, where something changes, one write for each. Only what changes is written.
        """
        pending = 0
        for ids, expiration_on, total, company_id, current in self._get_date_groups():
            vals = self._get_derived_vals(expiration_on, total, company_id)
            changed = {name: vals[name] for name, value in current.items() if (vals[name] or None) != value}
            if not changed:
                continue
            self.browse(ids)._write_derived(changed)
            pending += len(ids)
            if pending >= BATCH_SIZE:
                self.env.flush_all()
                self.env.invalidate_all()
                pending = 0

    @api.model
    def _get_date_groups(self):
        """Return (ids, use-by date, whole life in days, company id, {derived field: value}) of batches with equal dates."""
        names = ("use_date", "alert_date", "removal_date", "sale_stop_on", "band_id", "band_next_on")
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT array_agg(lot.id ORDER BY lot.id), lot.expiration_on, coalesce(lot.total_life_days, 0), lot.company_id, %(columns)s
                  FROM stock_lot lot
                  JOIN product_product product ON product.id = lot.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
                 WHERE template.is_shelf_life_managed AND lot.expiration_on IS NOT NULL
              GROUP BY lot.expiration_on, coalesce(lot.total_life_days, 0), lot.company_id, %(columns)s
              ORDER BY lot.expiration_on, 1
                """,
                columns=SQL(", ").join(SQL.identifier("lot", name) for name in names),
            )
        )
        return [(*row[:4], dict(zip(names, row[4:], strict=True))) for row in self.env.cr.fetchall()]

    @api.model
    def _cron_update_bands(self):
        """Move the batches whose band changes today (or should have) to their band; nothing else is touched.

        Rules do not wait for this job: they look at the dates themselves.
        """
        today = self._get_china_today()
        domain = [("band_next_on", "<=", today)]
        remaining = self.search_count(domain)
        while remaining and (lots := self.search(domain, order="band_next_on, id", limit=BATCH_SIZE)):
            lots._update_shelf_life()
            remaining = max(remaining - len(lots), 0)
            if not self.env["ir.cron"]._commit_progress(len(lots), remaining=remaining):
                break

    def _search_remaining_days(self, operator, value):
        """Translate days into use-by dates, so that the index on the date is used. Batches without a date have no days left to compare."""
        today = self._get_china_today()
        if operator == "in":
            return [("expiration_on", "in", [fields.Date.add(today, days=days) for days in value if days is not False])]
        if operator in SQL_OPERATORS:
            return [("expiration_on", operator, fields.Date.add(today, days=int(value)))]
        return NotImplemented

    def _search_remaining_ratio(self, operator, value):
        """Compare the share in the database; batches whose whole life is not known are left out."""
        if operator not in SQL_OPERATORS:
            return NotImplemented
        today = self._get_china_today()

        def to_sql(model, alias, query):
            return SQL(
                "(%(total)s > 0 AND LEAST(GREATEST((%(expiry)s - %(today)s)::float8 / NULLIF(%(total)s, 0), 0), 1) %(operator)s %(value)s)",
                total=model._field_to_sql(alias, "total_life_days", query),
                expiry=model._field_to_sql(alias, "expiration_on", query),
                today=SQL("%s::date", today),
                operator=SQL_OPERATORS[operator],
                value=value,
            )

        return Domain.custom(to_sql=to_sql)
