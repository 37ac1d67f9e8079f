{
    "name": "Cosmetics Tills",
    "summary": "Tills of a cosmetics shop",
    "version": "19.0.1.4.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_sales",
        "pos_sale",
    ],
    "data": [
        "security/security.xml",
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "views/cosmetics_store_views.xml",
        "views/pos_config_views.xml",
        "views/pos_order_views.xml",
        "views/menus.xml",
    ],
}
