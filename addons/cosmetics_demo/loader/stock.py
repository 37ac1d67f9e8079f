"""Opening stock by batch, counted on the day the company came to this system."""

from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from ..plan import sales_history
from ..plan import stock as plan_stock


def load(demo):
    """Create the batches, count the opening stock and apply the count."""
    demo.put("stock.lot", "batch", {row["ref"]: batch_values(demo, row) for row in plan_stock.all_batches(demo.plan)})
    lines = [line for line in plan_stock.all_opening(demo.plan) if demo.is_new("opening", opening_ref(line))]
    if not lines:
        return
    count(demo, [quant_values(demo, line) for line in lines])
    name_moves(demo, lines)


def count(demo, vals_list):
    """Count what lies there for the first time, before the shops open on the first day in this system."""
    quants = demo.env["stock.quant"].with_context(inventory_mode=True).create(vals_list)
    quants.inventory_quantity_set = True
    quants.action_apply_inventory(datetime.combine(opening_day(demo), time(0)))


def opening_day(demo):
    """Return the day on which the company came to this system: a Monday."""
    today = demo.day(0)
    return today - timedelta(days=today.weekday(), weeks=sales_history.OWN_WEEKS)


def name_moves(demo, lines):
    """Give what was counted its external ids. They sit on the moves: quants come and go, what happened stays."""
    warehouses = {store: demo.get("warehouse", store).lot_stock_id for store in {line["store"] for line in lines}}
    moves = demo.env["stock.move.line"].search(
        [("move_id.is_inventory", "=", True), ("location_dest_id", "in", [location.id for location in warehouses.values()])]
    )
    by_key = {(move.location_dest_id, move.product_id, move.lot_id): move for move in moves}
    no_batch = demo.env["stock.lot"]
    names = {}
    for line in lines:
        batch = demo.get("batch", line["batch"]) if line["batch"] else no_batch
        names[opening_ref(line)] = by_key[warehouses[line["store"]], demo.get("product", line["product"]), batch]
    demo.name("opening", names)


def batch_values(demo, row):
    """Return the values of a batch: its dates as they stand on the label."""
    product = demo.get("product", row["product"])
    return {"name": row["name"], "product_id": product.id, "company_id": demo.company.id, **label_dates(demo, product, row["days_left"])}


def label_dates(demo, product, days_left):
    """Return the dates a label shows: the day of production where the shelf life counts from it, else the use-by date.

    Imported goods show a use-by date. So does, here, a batch whose use-by date no day of production leads to (31 August less six months).
    """
    last_day = demo.day(days_left)
    produced = last_day + timedelta(days=1) - relativedelta(months=product.shelf_life_months)
    leads_back = produced + relativedelta(months=product.shelf_life_months) - timedelta(days=1) == last_day
    if product.responsible_partner_id or not leads_back:
        return {"expiry_basis": "printed", "expiration_on": last_day}
    return {"expiry_basis": "production", "production_date": produced}


def opening_ref(line):
    """Return the reference of what lies of a batch in a store."""
    return f"{line['store']}_{line['batch'] or line['product']}"


def quant_values(demo, line):
    """Return the values of one line of the count."""
    return {
        "product_id": demo.get("product", line["product"]).id,
        "location_id": demo.get("warehouse", line["store"]).lot_stock_id.id,
        "lot_id": line["batch"] and demo.get("batch", line["batch"]).id,
        "inventory_quantity": line["quantity"],
    }
