"""What buying and counting look like after a while: contracts, ceilings, grades, an order with freight, two counts."""

# Goods whose cost is the average of what was paid, freight included; the others have a standard cost.
AVERAGE_COST = ("sqj001", "sqj002")
# Agreed with the vendor at the cost of the product; days from the set-up. One ends soon, one waits for its approval.
CONTRACTS = (
    {"ref": "wt", "name": "XA-CG-2026-01", "supplier": "wt", "from": -200, "to": 165, "minimum": 3000, "products": ("wt001", "wt002")},
    {"ref": "qy", "name": "XA-CG-2026-02", "supplier": "qy", "from": -340, "to": 20, "minimum": 5000, "products": ("qy001", "qy003")},
    {"ref": "fy", "name": "XA-CG-2026-03", "supplier": "fy", "from": -5, "to": 360, "minimum": 0, "products": ("fy001",)},
)
APPROVED = ("wt", "qy")
# Highest price above the cost, as a share.
CEILINGS = {"wt001": 0.05, "fy003": 0.03, "ksh005": 0.05, "lmy002": 0.1}
# Judgement of the buyer, of the quarter before the last: what the machine knows of it comes on top.
EVALUATIONS = {
    "wt": ("100", "送货准时，临期品愿意换货。"),
    "qy": ("80", "质量稳定，答复偏慢。"),
    "mxj": ("60", "两次到货比约定晚，生产许可证快到期才补。"),
}
FREIGHT = {"purchase": "p09", "amount": 180.0, "name": "义乌至西安零担运费"}
# What was missing from a shelf, found by a clerk, and what waits for its approval; all of the brand in the shop was counted.
COUNTS = (
    {"ref": "zhonglou", "store": "zhonglou", "clerk": "clerk2", "brand": "sqj", "missing": {"sqj004": 1}, "is_approved": True},
    {"ref": "xiaozhai", "store": "xiaozhai", "clerk": "clerk", "brand": "sqj", "missing": {"sqj002": 2}, "is_approved": False},
)


def purchases(products):
    """Return the order of tools that came with freight; it follows those of `orders.purchases`."""
    cost = {product["ref"]: product["cost"] for product in products}
    lines = [{"product": ref, "quantity": 24, "price": cost[ref]} for ref in AVERAGE_COST]
    return [{"ref": "p09", "supplier": "sqj", "state": "received", "days_ago": 27, "lines": lines}]


def missing(counts=COUNTS):
    """Return ``{(store, product, no batch): quantity}`` that approved counts have taken off the stock.

    >>> missing()
    {('zhonglou', 'sqj004', None): 1}
    """
    return {
        (count["store"], product, None): quantity
        for count in counts
        if count["is_approved"]
        for product, quantity in count["missing"].items()
    }
