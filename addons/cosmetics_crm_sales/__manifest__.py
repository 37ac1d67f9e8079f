{
    "name": "Cosmetics Members: Sales",
    "summary": "Points of members in orders",
    "version": "19.0.1.5.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_crm",
        "cosmetics_sales",
        "sale_loyalty",
    ],
    "auto_install": True,
    "data": ["security/ir_rule.xml"],
}
