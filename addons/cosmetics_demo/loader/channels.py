"""The shops on the platforms, each a sales channel of its own."""


def load(demo):
    """Create the channels with their fees."""
    demo.put("cosmetics.channel", "channel", {row["ref"]: channel_values(demo, row) for row in demo.plan["channels"]})


def channel_values(demo, row):
    """Return the values of a shop on a platform."""
    return {
        "name": row["name"],
        "code": row["code"],
        "kind": "marketplace",
        "platform": row["platform"],
        "shop_name": row["shop_name"],
        "sequence": 50,
        "company_id": demo.company.id,
        "user_id": demo.get("user", "ecommerce").id,
        "warehouse_id": demo.get("warehouse", "central").id,
        "settlement_journal_id": bool(row["journal"]) and demo.get("journal", row["journal"]).id,
        "fee_ids": [(0, 0, {"kind": kind, "name": name, "percent": percent}) for kind, name, percent in row["fees"]],
    }
