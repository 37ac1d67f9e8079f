"""Two years of sales from the system before, brought in as a buyer would: a file for each place, through the import."""

import csv
import io
from datetime import timedelta

from odoo.addons.cosmetics_inventory_forecast.tools.retail_weeks import event_names, monday_of, week_features

from ..plan import sales_history as plan_history

HEADER = ("商品编码", "商品名称", "仓库", "周次", "销售数量", "销售金额")


def load(demo):
    """Import the files; forecast and suggestions then stand there from the first day on."""
    if not demo.is_new("sales_history", "all"):
        return
    buyer = demo.get("user", "buyer")
    attachments = demo.env["ir.attachment"].with_user(buyer).create([{"name": name, "raw": raw} for name, raw in files(demo)])
    imports = demo.env["cosmetics.sales.history.import"].with_user(buyer).with_company(demo.company)
    record = imports.create({"attachment_ids": [(6, 0, attachments.ids)]})
    record.action_import()
    demo.name("sales_history", {"all": record})
    demo.env["cosmetics.replenishment"]._cron_suggest()
    # The import has asked for the job, which has just run: it need not run again when somebody looks.
    job = demo.core("cosmetics_inventory_forecast.ir_cron_replenishment")
    demo.env["ir.cron.trigger"].search([("cron_id", "=", job.id)]).unlink()


def files(demo):
    """Yield (name, content) of the file of each place: GBK with a total at its end, as the old system writes it.

    The last year stands there by week; of the year before it kept months alone.
    """
    names = {row["ref"]: row["name"] for row in demo.plan["stores"]}
    titles = {row["ref"]: row["name"] for row in demo.plan["products"]}
    weeks = mondays(demo)
    for place, rows in sold_by_week(demo).items():
        stream = io.StringIO(newline="")
        write = csv.writer(stream).writerow
        write(HEADER)
        total = 0
        for row, units in rows:
            before = [(number, sold) for number, sold in units if number > plan_history.OWN_WEEKS]
            for period, sold in periods(before, weeks).items():
                write((row["code"], titles[row["product"]], names[place], period, sold, f"{sold * row['price'] * 0.95:.2f}"))
                total += sold
        write(("合计", "", "", "", total, ""))
        yield f"旧系统销售_{names[place]}.csv", stream.getvalue().encode("gbk")


def sold_by_week(demo):
    """Return {place: [(row of the plan, [(week before the set-up, units)])]} with the seasons and peaks of the calendar."""
    weeks = mondays(demo)
    lifts = peaks(weeks)
    result = {place: [] for place in plan_history.PLACES}
    for row in demo.plan["sales_history"]:
        factors = {number: lifts[number] * plan_history.season(row["category"], int(f"{day:%V}")) for number, day in weeks.items()}
        for place in row["weekly"]:
            result[place].append((row, list(plan_history.units(row, place, factors))))
    return result


def periods(units, weeks):
    """Return {week or month as the old system writes it: units}: months up to the one before the last year began, and whole ones."""
    year_ago, begun = weeks[plan_history.WEEKS_BY_WEEK].replace(day=1), weeks[plan_history.WEEKS]
    result = {}
    for number, sold in units:
        day = weeks[number]
        if (day.year, day.month) == (begun.year, begun.month):
            continue
        period = f"{day:%Y-%m}" if day < year_ago else f"{day:%GW%V}"
        result[period] = result.get(period, 0) + sold
    return result


def mondays(demo):
    """Return {week before the set-up: its Monday}."""
    monday = monday_of(demo.day(0))
    return {number: monday - timedelta(weeks=number) for number in range(1, plan_history.WEEKS + 1)}


def peaks(weeks):
    """Return {week before the set-up: factor of the retail peaks and holidays in it}."""
    names = event_names()
    rows = week_features(list(weeks.values()))[:, -len(names) :]
    return {number: plan_history.lift(dict(zip(names, row.tolist(), strict=True))) for number, row in zip(weeks, rows, strict=True)}
