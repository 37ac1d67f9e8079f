"""What the stock was worth on each day since the company came to this system, and the closing of the month that is over."""

from datetime import timedelta

from .stock import opening_day


def load(demo):
    """Write the days down, as the job does every night; let the books follow at the end of the month, as the accountant does."""
    company = demo.company
    days = demo.env["cosmetics.stock.value.day"]
    if not days.search_count([("company_id", "=", company.id)], limit=1):
        days._backfill(company, opening_day(demo), demo.day(-1))
    if demo.is_new("entry", "stock_closing") and days.search_count([("company_id", "=", company.id), ("day", "=", month_end(demo))]):
        closing = company.action_close_stock_valuation(at_date=month_end(demo), auto_post=True)
        demo.name("entry", {"stock_closing": demo.env["account.move"].browse(closing["res_id"])})


def month_end(demo):
    """Return the last day of the month that is over."""
    return demo.day(0).replace(day=1) - timedelta(days=1)
