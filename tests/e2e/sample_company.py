"""What the stories know of the sample company."""

import datetime

# Its capital is paid in so many days before it is set up.
CAPITAL_DAYS = 60


def last_month_end(client):
    """Return the last day of the month that was over when the sample company was set up."""
    capital = client.search_read("account.move", [["ref", "=", "股东投入资本"]], ["date"])[0]["date"]
    set_up = datetime.date.fromisoformat(capital) + datetime.timedelta(days=CAPITAL_DAYS)
    return set_up.replace(day=1) - datetime.timedelta(days=1)
