from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import retail_calendar

FIRST_YEAR = 2025
"""Before it the regulation on public holidays named fewer days; sales older than that are history of another system."""

EVENTS = [
    ("new_year", "New Year's Day"),
    ("spring_festival", "Spring Festival"),
    ("qingming", "Qingming Festival"),
    ("labour_day", "Labour Day"),
    ("dragon_boat", "Dragon Boat Festival"),
    ("mid_autumn", "Mid-Autumn Festival"),
    ("national_day", "National Day"),
    ("new_year_goods", "New Year Goods Festival"),
    ("valentine", "Valentine's Day"),
    ("womens_day", "Women's Day"),
    ("mothers_day", "Mother's Day"),
    ("may_20", "520 Day"),
    ("mid_year", "618 Shopping Festival"),
    ("qixi", "Qixi Festival"),
    ("september_9", "99 Shopping Festival"),
    ("double_11", "Double 11"),
    ("double_12", "Double 12"),
    ("christmas", "Christmas"),
    ("other", "Own Event"),
]
COLORS = {"holiday": 1, "workday": 3, "peak": 10}


class L10nCnXianCalendarDay(models.Model):
    """Holidays, make-up working days and retail peaks that drive forecasts, staffing and promotions."""

    _name = "l10n_cn_xian.calendar.day"
    _description = "Calendar Day"
    _order = "date_from, kind, id"

    kind = fields.Selection(
        [("holiday", "Public Holiday"), ("workday", "Make-up Working Day"), ("peak", "Retail Peak")],
        required=True,
        default="peak",
        index=True,
    )
    event = fields.Selection(EVENTS, required=True, default="other")
    name = fields.Char(string="Own Name", help="Name of an event of your own, for example an anniversary sale.")
    date_from = fields.Date(string="From", required=True, index=True)
    date_to = fields.Date(string="To", required=True)
    day_count = fields.Integer(string="Days", compute="_compute_day_count", store=True, aggregator="sum")
    is_provisional = fields.Boolean(
        string="Provisional",
        help="The State Council has not published the days of this year, or the calendar does not know them yet: "
        "only the days that the law names are shown, without make-up working days.",
    )
    is_generated = fields.Boolean(string="Computed", readonly=True)
    note = fields.Text(string="Notes")
    color = fields.Integer(compute="_compute_color")
    company_id = fields.Many2one("res.company", help="Leave empty for a day of all companies.", index="btree_not_null")

    _dates_in_order = models.Constraint("CHECK(date_to >= date_from)", "The last day lies before the first. Enter the first day first.")
    _own_event_has_name = models.Constraint(
        "CHECK(event <> 'other' OR coalesce(name, '') <> '')", "Give an event of your own a name, for example Anniversary Sale."
    )
    _generated_unique = models.UniqueIndex(
        "(kind, event, date_from) WHERE is_generated", "This day is in the calendar already. Change the existing one."
    )

    @api.depends("date_from", "date_to")
    def _compute_day_count(self):
        for day in self:
            day.day_count = (day.date_to - day.date_from).days + 1 if day.date_from and day.date_to else 0

    @api.depends("kind")
    def _compute_color(self):
        for day in self:
            day.color = COLORS.get(day.kind, 0)

    @api.depends("name", "event", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        events = dict(self._fields["event"]._description_selection(self.env))
        for day in self:
            title = day.name or events.get(day.event, "")
            day.display_name = self.env._("%(event)s (make-up working day)", event=title) if day.kind == "workday" else title

    @api.model
    def _search_display_name(self, operator, value):
        """Find an event by its name in the user's language, too."""
        domain = super()._search_display_name(operator, value)
        if operator not in ("ilike", "=ilike", "like") or not value:
            return domain
        labels = self._fields["event"]._description_selection(self.env)
        return Domain(domain) | Domain("event", "in", [key for key, label in labels if value.lower() in label.lower()])

    @api.ondelete(at_uninstall=False)
    def _unlink_except_generated(self):
        """A computed day would come back with the next computation."""
        if any(day.is_generated for day in self):
            raise UserError(self.env._("This day is computed and would come back. Change its dates instead of deleting it."))

    @api.model
    def _cron_generate(self):
        """Fill the known years and the next one; a year becomes final as soon as the notice is known."""
        this_year = fields.Date.context_today(self).year
        last = this_year + 1
        while retail_calendar.is_known(last + 1):
            last += 1
        self._generate_years(range(min(FIRST_YEAR, this_year), last + 1))

    @api.model
    def _generate_years(self, years):
        """Create the days that are missing and bring provisional ones up to date; a day that a user has moved stays."""
        years = list(years)
        span = [("date_to", ">=", f"{min(years)}-01-01"), ("date_to", "<=", f"{max(years)}-12-31")]
        existing = self.search([("is_generated", "=", True), *span])
        # By the last day: the New Year goods of a year may start in the December before.
        by_key = existing.grouped(lambda day: (day.kind, day.event, day.date_to.year))
        to_create = []
        for year in years:
            for day in retail_calendar.days_of_year(year):
                vals = self._prepare_day_vals(day)
                same = by_key.get((day.kind, day.event, day.date_to.year), self.browse())
                if day.kind == "workday":  # one holiday may be made up for by two days
                    same = same.filtered(lambda d, start=day.date_from: d.date_from == start)
                if not same:
                    to_create.append(vals)
                elif same.is_provisional and not day.provisional:
                    same.write(vals)
        return self.create(to_create)

    @api.model
    def _prepare_day_vals(self, day):
        """Return the values of a record for a day of the plain calendar."""
        return {
            "kind": day.kind,
            "event": day.event,
            "date_from": day.date_from,
            "date_to": day.date_to,
            "is_provisional": day.provisional,
            "is_generated": True,
        }
