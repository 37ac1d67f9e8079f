"""The company itself: name, number, address, money."""

from . import address


def load(demo):
    """Make the main company of the database the demo company."""
    facts = demo.plan["company"]
    company = demo.company
    if company.vat == facts["vat"]:
        return
    if company.chart_template != "cn":
        raise LookupError("The demo company needs the Chinese chart “cn”; the main company has another one, or none.")
    company.write(
        {
            "name": facts["name"],
            "company_registry": facts["vat"],
            "phone": facts["phone"],
            "email": facts["email"],
            "website": facts["website"],
            "account_use_credit_limit": True,
        }
    )
    company.partner_id.write(
        address.values(demo, facts) | {"vat": facts["vat"], "lang": "zh_CN", "tz": "Asia/Shanghai", "is_company": True, "ref": "XA"}
    )
