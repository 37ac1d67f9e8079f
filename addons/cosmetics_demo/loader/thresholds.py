"""From when on a shop is told that it runs short, has too much, or does not sell."""

SHELF = {"minimum": 3.0, "cover_days": 120, "idle_days": 60, "escalation_hours": 24}
# The best sellers are kept deeper.
BEST_SELLERS = {"qtl001": 6.0, "qtl002": 6.0}


def load(demo):
    """Create the thresholds of the shops; what is not said here follows those of the company."""
    shops = [row["ref"] for row in demo.plan["stores"] if row["kind"] == "shop"]
    vals = {shop: {"warehouse_id": demo.get("warehouse", shop).id} | SHELF for shop in shops}
    vals |= {
        f"{shop}_{ref}": {"warehouse_id": demo.get("warehouse", shop).id, "product_id": demo.get("product", ref).id}
        | SHELF
        | {"minimum": minimum}
        for shop in shops
        for ref, minimum in BEST_SELLERS.items()
    }
    demo.put("cosmetics.stock.threshold", "threshold", {ref: row | {"company_id": demo.company.id} for ref, row in vals.items()})
