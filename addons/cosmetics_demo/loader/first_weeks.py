"""The first weeks in this system: what each place sold of batches that are gone since.

They are sold before the opening stock of the plan is there, so that what lies where today is what the plan says.
"""

from collections import Counter
from datetime import datetime, time, timedelta

from ..plan.sales_history import OWN_WEEKS
from ..plan.stock import gone_batch
from .flows import finish, pay
from .sales_history import mondays, sold_by_week
from .stock import batch_values, count, opening_ref

# Place: who sells, for which team, to whom, and the journal that the money comes to.
SELLERS = {
    "central": ("ecommerce", "online", "net", "alipay"),
    "xiaozhai": ("manager", "xiaozhai", "shop", "cash_xiaozhai"),
    "zhonglou": ("manager", "zhonglou", "shop", "cash_zhonglou"),
    "gaoxin": ("manager", "gaoxin", "shop", "cash_gaoxin"),
}
WALK_INS = {"shop": "到店散客", "net": "网店散客"}
SATURDAY = 5
BASKET = 4500


def load(demo):
    """Count the batches, sell them week by week, and collect the money."""
    if not demo.is_new("opening", opening_ref(demo.plan["opening"][0])):
        return
    sold = {place: own_weeks(rows) for place, rows in sold_by_week(demo).items()}
    load_stock(demo, sold)
    demo.put("res.partner", "walk_in", {ref: {"name": name, "company_id": demo.company.id} for ref, name in WALK_INS.items()})
    days = {week: monday + timedelta(days=SATURDAY) for week, monday in mondays(demo).items()}
    for place, weeks in sold.items():
        for week, lines in weeks.items():
            load_week(demo, place, week, days[week], lines)


def load_week(demo, place, week, day, lines):
    """Sell, deliver, invoice and collect what a place sold in a week."""
    baskets = {f"{place}_{week}_{number}": basket for number, basket in enumerate(split(lines), start=1)}
    orders = demo.put("sale.order", "first_sale", {ref: order_values(demo, place, basket, day) for ref, basket in baskets.items()})
    orders.action_confirm()
    orders.date_order = evening(day)  # the button stamps the present hour
    finish(orders.picking_ids, evening(day))
    invoices = orders._create_invoices(grouped=True)
    invoices.invoice_date = day
    invoices.action_post()
    pay(demo, invoices, day, demo.get("journal", SELLERS[place][-1]))


def split(lines):
    """Return the lines in baskets that need nobody's approval: [(row of the plan, units)] each.

    >>> cheap, dear = {"price": 1000}, {"price": 3000}
    >>> [[(row["price"], units) for row, units in basket] for basket in split([(cheap, 6), (dear, 2)])]
    [[(1000, 4)], [(1000, 2)], [(3000, 1)], [(3000, 1)]]
    """
    baskets, rest = [[]], BASKET
    for row, units in lines:
        while units:
            fits = min(units, int(rest // row["price"]))
            if fits:
                baskets[-1].append((row, fits))
                units, rest = units - fits, rest - fits * row["price"]
            if units:
                baskets.append([])
                rest = BASKET
    return baskets


def own_weeks(rows):
    """Return {week before the set-up: [(row of the plan, units)]} of what was sold in this system."""
    weeks = {week: [] for week in range(1, OWN_WEEKS + 1)}
    for row, units in rows:
        for week, sold in units:
            if week <= OWN_WEEKS and not row["is_new"]:
                weeks[week].append((row, sold))
    return weeks


def load_stock(demo, sold):
    """Count at each place just what it will sell."""
    quantities = Counter()
    for place, weeks in sold.items():
        for row, units in (entry for week in weeks.values() for entry in week):
            quantities[place, row["product"]] += units
    there = {product for _place, product in quantities}
    batches = {row["ref"]: gone_batch(row) for row in demo.plan["products"] if row["ref"] in there and row["shelf_life_months"]}
    demo.put("stock.lot", "batch", {batch["ref"]: batch_values(demo, batch) for batch in batches.values()})
    count(
        demo,
        [
            {
                "product_id": demo.get("product", product).id,
                "location_id": demo.get("warehouse", place).lot_stock_id.id,
                "lot_id": product in batches and demo.get("batch", batches[product]["ref"]).id,
                "inventory_quantity": quantity,
            }
            for (place, product), quantity in quantities.items()
        ],
    )


def order_values(demo, place, lines, day):
    """Return the values of an order at the tag price."""
    user, team, partner, _journal = SELLERS[place]
    return {
        "partner_id": demo.get("walk_in", partner).id,
        "company_id": demo.company.id,
        "user_id": demo.get("user", user).id,
        "team_id": demo.get("team", team).id,
        "warehouse_id": demo.get("warehouse", place).id,
        "date_order": evening(day),
        "order_line": [(0, 0, {"product_id": demo.get("product", row["product"]).id, "product_uom_qty": units}) for row, units in lines],
    }


def evening(day):
    """Return the closing hour of a shop in Xi'an, in UTC."""
    return datetime.combine(day, time(13))
