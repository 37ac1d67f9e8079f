"""Opening purchases and sales, in every state a list shows."""

from .dice import dice

PURCHASE_STATES = ("draft", "sent", "confirmed", "received", "billed", "paid", "received", "billed")
SALE_STATES = ("draft", "sent", "confirmed", "delivered", "invoiced", "paid") * 3
RETAIL_STATES = ("confirmed", "delivered", "paid", "paid")
BUYABLE_STAGES = ("introduction", "promotion", "sale")
SELLABLE_STAGES = ("promotion", "sale")
LIFE_LEFT_ON_ARRIVAL = 0.95


def purchases(products):
    """Return purchase orders; received ones name the batches that came with them."""
    suppliers = sorted({product["supplier"] for product in products})
    orders = []
    for number, (state, supplier) in enumerate(zip(PURCHASE_STATES, suppliers, strict=False), start=1):
        goods = [p for p in products if p["supplier"] == supplier and p["stage"] in BUYABLE_STAGES and p["item_class"] == "full_size"]
        random, lines = dice("purchase", number), []
        for product in random.sample(goods, 3):
            line = {"product": product["ref"], "quantity": random.randrange(24, 97, 12), "price": product["cost"]}
            if state in ("received", "billed", "paid") and product["shelf_life_months"]:
                days = int(product["shelf_life_months"] * 30 * LIFE_LEFT_ON_ARRIVAL)
                line["batch"] = {"ref": f"{product['ref']}_p{number}", "name": f"{product['code']}-P{number}", "days_left": days}
            lines.append(line)
        orders.append({"ref": f"p{number:02d}", "supplier": supplier, "state": state, "days_ago": 3 * number, "lines": lines})
    return orders


def sales(products, customers, members):
    """Return wholesale orders of the customers and orders of members at the online shop, small enough for the older batch to serve."""
    goods = [p["ref"] for p in products if p["stage"] in SELLABLE_STAGES and p["item_class"] == "full_size"]
    orders = []
    for number, state in enumerate(SALE_STATES, start=1):
        random = dice("wholesale", number)
        customer = customers[(number - 1) % len(customers)]
        refs = random.sample(goods, random.randint(2, 5))
        lines = [{"product": ref, "quantity": random.choice((2, 3, 4, 6))} for ref in refs]
        orders.append(_order(f"w{number:02d}", "wholesale", customer, state, lines, random))
    for number, state in enumerate(RETAIL_STATES, start=1):
        random = dice("retail", number)
        lines = [{"product": ref, "quantity": 1} for ref in random.sample(goods, random.randint(1, 3))]
        orders.append(_order(f"r{number:02d}", "online", random.choice(members), state, lines, random))
    return orders


def _order(ref, channel, partner, state, lines, random):
    days_ago = random.randint(1, 25)
    return {"ref": ref, "channel": channel, "partner": partner["ref"], "state": state, "lines": lines, "days_ago": days_ago}
