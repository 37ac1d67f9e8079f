"""Stock alerts as a shop finds them in the morning: told, taken up, put off."""

HANDLED, SNOOZED = 3, 2


def load(demo):
    """Look once at all the stock, as the job does; the manager of the shops takes up some of what is told and puts some off."""
    alerts = demo.env["cosmetics.stock.alert"]
    if alerts.search_count([], limit=1):
        return
    alerts._look()
    manager = demo.get("user", "manager")
    told = alerts.with_user(manager).search([("user_id", "=", manager.id), ("state", "=", "open")], order="id")
    told[:HANDLED].action_handle()
    told[HANDLED : HANDLED + SNOOZED].action_snooze_week()
