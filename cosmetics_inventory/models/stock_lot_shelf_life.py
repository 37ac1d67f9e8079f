"""What the dates of a batch mean today: what is left, which band, may it be sold."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import shelf_life

BATCH_SIZE = 1000
SQL_OPERATORS = {"<": SQL("<"), "<=": SQL("<="), ">": SQL(">"), ">=": SQL(">=")}


class StockLot(models.Model):
    _inherit = "stock.lot"  # pylint: disable=consider-merging-classes-inherited; one file a subject

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
        """Bring every batch of managed goods to the present limits, thousand by thousand in the order of their dates."""
        lots = self.with_context(active_test=False).search(
            [("product_id.is_shelf_life_managed", "=", True), ("expiration_on", "!=", False)], order="expiration_on, id"
        )
        for start in range(0, len(lots), BATCH_SIZE):
            chunk = lots[start : start + BATCH_SIZE].with_prefetch()
            chunk._update_shelf_life()
            chunk.flush_recordset()
            chunk.invalidate_recordset()

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
