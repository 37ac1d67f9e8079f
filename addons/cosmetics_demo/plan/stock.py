"""Opening stock: batches with the days they have left, and where how many of them lie."""

from . import supply, tables
from .dice import dice

SHOPS = ("xiaozhai", "zhonglou", "gaoxin")
DAYS_OF_MONTH = 30
# Pieces in the central warehouse (from, to) and in each shop (from, to) by item class.
CENTRAL_RANGE = {
    "full_size": (60, 240),
    "set": (20, 60),
    "sample": (150, 400),
    "gift": (100, 300),
    "tester": (2, 4),
    "tool": (40, 120),
}
SHOP_RANGE = {"full_size": (6, 24), "set": (2, 8), "sample": (20, 60), "gift": (20, 60), "tester": (1, 2), "tool": (4, 12)}
NEAR_EXPIRY_SHARE = 0.12  # share of the products that have a batch with less than half a year left
NEAR_EXPIRY_DAYS = (70, 170)
AGED_SHARE = (0.40, 0.60)  # share of its life an older batch has left
FRESH_SHARE = (0.75, 0.92)
GONE_SHARE = 0.35  # of its life a batch has left that was sold in the first weeks
STOP_DAYS = 45  # from here on a batch is no longer handed out
LEFTOVER_STAGES = {"clearance": 0.3, "delisted": 0.05}


def batches(products):
    """Return the batches: two of each product with a shelf life, an older and a fresh one, and here and there one that is near expiry.

    A batch is known by the product's code and a letter, so that its number is the same whenever the company is set up.
    """
    result = []
    for product in products:
        life = product["shelf_life_months"] * DAYS_OF_MONTH
        if not life:
            continue
        random = dice("batches", product["ref"])
        days_left = [_share(life, AGED_SHARE, random), _share(life, FRESH_SHARE, random)]
        if random.random() < NEAR_EXPIRY_SHARE:
            days_left.insert(0, random.randint(*NEAR_EXPIRY_DAYS))
        ref, code = product["ref"], product["code"]
        result += [
            {"ref": f"{ref}_{letter.lower()}", "name": f"{code}-{letter}", "product": ref, "days_left": days}
            for letter, days in zip("ABC", days_left, strict=False)
        ]
    return result


def gone_batch(product):
    """Return the batch of a product that was there before those of today.

    >>> gone_batch({"ref": "qtl001", "code": "QTL001", "shelf_life_months": 36})
    {'ref': 'qtl001_0', 'name': 'QTL001-0', 'product': 'qtl001', 'days_left': 378}
    """
    days = int(product["shelf_life_months"] * DAYS_OF_MONTH * GONE_SHARE)
    return {"ref": f"{product['ref']}_0", "name": f"{product['code']}-0", "product": product["ref"], "days_left": days}


def aged(products):
    """Return old batches as every shop has them here and there, each with its ``lines`` of store and quantity.

    They are written down, not drawn: one of each kind from watched to expired, some of them in a shop.

    >>> sorted({batch["days_left"] < 0 for batch in aged([{"ref": ref, "code": ref.upper()} for ref in _aged_refs()])})
    [False, True]
    """
    codes = {product["ref"]: product["code"] for product in products}
    result = {}
    for row in tables.rows("aged_batches"):
        ref = row["product"]
        batch = {"ref": f"{ref}_z", "name": f"{codes[ref]}-Z", "product": ref, "days_left": int(row["days_left"]), "lines": []}
        result.setdefault(ref, batch)["lines"].append(
            {"store": row["store"], "product": ref, "batch": batch["ref"], "quantity": int(row["quantity"])}
        )
    return list(result.values())


def _aged_refs():
    return sorted({row["product"] for row in tables.rows("aged_batches")})


def all_batches(plan):
    """Return the batches of the opening stock, the aged ones included."""
    return [*plan["batches"], *plan["aged"]]


def all_opening(plan):
    """Return the lines of the opening stock, those of aged batches included."""
    return [*plan["opening"], *(line for batch in plan["aged"] for line in batch["lines"])]


def _share(life, limits, random):
    return int(life * random.uniform(*limits))


def opening(products, lots):
    """Return lines ``{store, product, batch, quantity}`` of what lies where; goods without shelf life have no batch."""
    lots_of = {}
    for lot in lots:
        lots_of.setdefault(lot["product"], []).append(lot["ref"])
    lines = []
    for product in products:
        factor = LEFTOVER_STAGES.get(product["stage"], 1.0)
        random = dice("opening", product["ref"])
        refs = lots_of.get(product["ref"], [None])
        for store in ("central", *SHOPS):
            quantity = max(1, int(random.randint(*_range(product, store)) * factor))
            if store != "central" and product["stage"] in ("introduction", "delisted"):
                continue
            lines += [
                {"store": store, "product": product["ref"], "batch": ref, "quantity": part}
                for ref, part in zip(refs, split(quantity, len(refs)), strict=True)
                if part
            ]
    return lines


def _range(product, store):
    return (CENTRAL_RANGE if store == "central" else SHOP_RANGE)[product["item_class"]]


def split(quantity, parts):
    """Return `quantity` as whole parts, the first ones the smaller.

    >>> split(10, 3), split(1, 2), split(7, 1)
    ([3, 3, 4], [0, 1], [7])
    """
    share = quantity // parts
    return [share] * (parts - 1) + [quantity - share * (parts - 1)]


def on_hand(plan):
    """Return ``{(store, product, batch): quantity}`` once the orders of the plan have gone as far as their states say.

    Goods leave the central warehouse by first expiry, and not at all shortly before it; a confirmed order holds its share before the
    next one is served.
    """
    held = {(line["store"], line["product"], line["batch"]): line["quantity"] for line in all_opening(plan)}
    days_left = {batch["ref"]: batch["days_left"] for batch in all_batches(plan)}
    for order in plan["purchases"]:
        for line in order["lines"] if order["state"] in ("received", "billed", "paid") else ():
            batch = line.get("batch")
            key = ("central", line["product"], batch and batch["ref"])
            held[key] = held.get(key, 0) + line["quantity"]
            if batch:
                days_left[batch["ref"]] = batch["days_left"]
    for key, quantity in supply.missing().items():
        held[key] -= quantity
    free = dict(held)
    for order in plan["sales"]:
        if order["state"] in ("draft", "sent"):
            continue
        for line in order["lines"]:
            for key, part in _first_expiry(free, line, days_left):
                free[key] -= part
                held[key] -= part if order["state"] != "confirmed" else 0
    return held


def _first_expiry(free, line, days_left):
    """Return ``(key, quantity)`` of the batches that serve an order line, in the order in which they expire.

    >>> free = {("central", "x", "x_a"): 2, ("central", "x", "x_b"): 9, ("xiaozhai", "x", "x_a"): 5}
    >>> _first_expiry(free, {"product": "x", "quantity": 3}, {"x_a": 100, "x_b": 900})
    [(('central', 'x', 'x_a'), 2), (('central', 'x', 'x_b'), 1)]
    """
    keys = [key for key in free if key[:2] == ("central", line["product"]) and days_left.get(key[2], STOP_DAYS + 1) > STOP_DAYS]
    wanted, parts = line["quantity"], []
    for key in sorted(keys, key=lambda key: days_left.get(key[2], 0)):
        part = min(free[key], wanted)
        if part:
            parts.append((key, part))
            wanted -= part
    return parts
