{
    "name": "Cosmetics Members: Tills",
    "summary": "Members at the till",
    "version": "19.0.1.0.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_crm",
        "cosmetics_sales_pos",
        "pos_loyalty",
    ],
    "auto_install": True,
}
