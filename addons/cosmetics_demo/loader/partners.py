"""Suppliers, registrants, wholesale customers and members."""

from . import address

TERMS = {
    "immediate": "account.account_payment_term_immediate",
    "days30": "account.account_payment_term_30days",
    "days45": "account.account_payment_term_45days",
    "month_end": "account.account_payment_term_end_following_month",
}
# Share of the tag price that customers of a level get off.
PRICELISTS = {"a": ("批发价 A 级（6 折）", 40.0), "b": ("批发价 B 级（6.5 折）", 35.0)}
TAGS = {"supplier": "供应商", "wholesale": "批发客户", "member": "会员"}


def load(demo):
    """Create the business partners."""
    demo.put("res.partner.category", "tag", {ref: {"name": name} for ref, name in TAGS.items()})
    load_pricelists(demo)
    demo.put("res.partner", "supplier", {row["ref"]: supplier_values(demo, row) for row in demo.plan["suppliers"]})
    foreign = demo.plan["foreign_registrant"]
    country = demo.core(f"base.{foreign['country'].lower()}")
    facts = {key: foreign[key] for key in ("name", "street", "city")}
    demo.put("res.partner", "supplier", {foreign["ref"]: facts | {"country_id": country.id, "is_company": True}})
    demo.put("res.partner", "customer", {row["ref"]: customer_values(demo, row) for row in demo.plan["customers"]})
    load_contacts(demo)
    demo.put("res.partner", "member", {row["ref"]: member_values(demo, row) for row in demo.plan["members"]})


def load_pricelists(demo):
    """Create one price list for each level of wholesale customers."""
    vals = {}
    for level, (name, off) in PRICELISTS.items():
        rule = {"compute_price": "percentage", "percent_price": off, "applied_on": "3_global"}
        vals[level] = {"name": name, "company_id": demo.company.id, "currency_id": demo.company.currency_id.id, "item_ids": [(0, 0, rule)]}
    demo.put("product.pricelist", "pricelist", vals)


def company_values(demo, row, tag):
    """Return the values of a Chinese company."""
    return address.values(demo, row) | {
        "name": row["name"],
        "vat": row["vat"],
        "phone": row["phone"],
        "is_company": True,
        "company_registry": row["vat"],
        "category_id": [(4, demo.get("tag", tag).id)],
        "lang": "zh_CN",
    }


def supplier_values(demo, row):
    """Return the values of a company we buy from."""
    return company_values(demo, row, "supplier") | {
        "ref": f"GYS-{row['ref'].upper()}",
        "supplier_rank": 1,
        "property_supplier_payment_term_id": demo.core(TERMS[row["term"]]).id,
    }


def customer_values(demo, row):
    """Return the values of a company that buys wholesale."""
    return company_values(demo, row, "wholesale") | {
        "ref": f"KH-{row['ref'].upper()}",
        "customer_rank": 1,
        "property_payment_term_id": demo.core(TERMS[row["term"]]).id,
        "specific_property_product_pricelist": demo.get("pricelist", row["level"]).id,
        "use_partner_credit_limit": bool(row["credit_limit"]),
        "credit_limit": row["credit_limit"],
        "user_id": demo.get("user", "sales").id,
    }


def load_contacts(demo):
    """Create the person to talk to at each company."""
    vals = {}
    for kind, rows in (("supplier", demo.plan["suppliers"]), ("customer", demo.plan["customers"])):
        for row in rows:
            vals[f"{kind}_{row['ref']}"] = {"name": row["contact"], "parent_id": demo.get(kind, row["ref"]).id, "type": "contact"}
    demo.put("res.partner", "contact", vals)


def member_values(demo, row):
    """Return the values of a consumer."""
    return address.values(demo, row) | {
        "name": row["name"],
        "phone": row["phone"],
        "customer_rank": 1,
        "category_id": [(4, demo.get("tag", "member").id)],
        "ref": f"HY-{row['ref'].upper()}",
        "lang": "zh_CN",
    }
