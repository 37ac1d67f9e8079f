"""What suppliers have shown of themselves: licences, with their terms."""

# Days until a production licence ends, by supplier: one ends soon, one has ended; the others have years left.
LICENCE_DAYS = {"qy": 20, "mxj": -15}
YEARS_LEFT_DAYS = 900


def load(demo):
    """Put the papers of the suppliers on file, in the care of the buyer."""
    demo.put("cosmetics.supplier.document", "paper", paper_values(demo))


def paper_values(demo):
    """Return {reference: values}: a business licence of each supplier, a production licence of each maker."""
    result = {}
    for row in demo.plan["suppliers"]:
        common = {"partner_id": demo.get("supplier", row["ref"]).id, "responsible_id": demo.get("user", "buyer").id}
        common |= {"company_id": demo.company.id}
        result[f"business_{row['ref']}"] = common | {"kind": "business_licence", "number": row["vat"], "is_long_term": True}
        if row["licence"]:
            days = LICENCE_DAYS.get(row["ref"], YEARS_LEFT_DAYS)
            result[f"production_{row['ref']}"] = common | {
                "kind": "production_licence",
                "number": row["licence"],
                "expires_on": demo.day(days),
            }
    return result
