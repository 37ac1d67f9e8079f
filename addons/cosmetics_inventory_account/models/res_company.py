"""The stock at the end of a day of the past, as the closing entry of a month takes it."""

from datetime import date, datetime

from odoo import models
from odoo.addons.cosmetics_inventory.tools.shelf_life import last_moment


class ResCompany(models.Model):
    _inherit = "res.company"

    def stock_value(self, accounts_by_product=None, at_date=None):
        """Count the last day of a month whole: core ends with its first moment in UTC, so what was sold on the 31st would be missing."""
        return super().stock_value(accounts_by_product, self._end_day(at_date))

    def _get_location_valuation_vals(self, at_date=None, location_domain=False):
        return super()._get_location_valuation_vals(self._end_day(at_date), location_domain)

    def _end_day(self, day):
        """Return the last moment (UTC) of a day in China; a moment stays as it is, and so does nothing."""
        return last_moment(day) if isinstance(day, date) and not isinstance(day, datetime) else day
