"""Two counts with a difference: the manager leads, a clerk counts, the owner has approved one of them."""

from ..plan.supply import COUNTS


def load(demo):
    """Count all of a brand in a shop, blind, each step by the person whose work it is."""
    for row in COUNTS:
        if demo.is_new("count", row["ref"]):
            load_count(demo, row)


def load_count(demo, row):
    """Start, count, review and submit; approve when the row says so."""
    manager, clerk, owner = (demo.get("user", login) for login in ("manager", row["clerk"], "owner"))
    brand = demo.get("brand", row["brand"])
    count = demo.env["cosmetics.stock.count"].with_user(manager)
    count = count.create({"warehouse_id": demo.get("warehouse", row["store"]).id, "brand_ids": [(6, 0, brand.ids)]})
    demo.name("count", {row["ref"]: count})
    count.action_start()
    missing = {demo.get("product", ref): quantity for ref, quantity in row["missing"].items()}
    lines = count.sudo().line_ids  # sudo: the sample knows what the clerk will find
    count.with_user(clerk).enter(
        [
            {
                "key": f"demo-{row['ref']}-{line.id}",
                "line_id": line.id,
                "quantity": line.book_quantity - missing.get(line.product_id, 0),
                "way": "scan",
            }
            for line in lines
        ]
    )
    count.action_review()
    for line in count.line_ids.filtered("difference_quantity"):
        line.reason_id = demo.core("cosmetics_inventory.stock_count_reason_shrinkage")
    count.action_submit()
    if row["is_approved"]:
        count.with_user(owner).action_approve()
