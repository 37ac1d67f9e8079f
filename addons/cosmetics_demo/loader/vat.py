"""The VAT of the months that are over: counted, entered and declared, so that the month which runs begins with nothing owed from before."""

from odoo.addons.cosmetics_finance_fapiao.tools.period import period_of
from odoo.tools.date_utils import date_range

from .stock import opening_day
from .stock_days import month_end


def load(demo):
    """Declare each month that is over, the oldest first, as the accountant does."""
    accountant = demo.get("user", "accountant")
    sheets = demo.env["cosmetics.vat.declaration"].with_user(accountant).with_company(demo.company)
    for first in months_over(demo):
        ref = f"{first:%Y_%m}"
        if demo.is_new("vat_declaration", ref):
            sheet = sheets.create({"date_from": first, "date_to": period_of(first, "month")[1]})
            sheet.action_confirm()
            sheet.action_declare()
            sheet.sudo().declared_on = min(sheet.due_on, demo.day(0))  # the button stamps the present day
            demo.name("vat_declaration", {ref: sheet})


def months_over(demo):
    """Return the first days of the months that have ended since the company came to this system."""
    return list(date_range(opening_day(demo).replace(day=1), month_end(demo)))
