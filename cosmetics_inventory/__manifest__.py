{
    "name": "Cosmetics Inventory",
    "summary": "Warehouse work of a cosmetics seller",
    "version": "19.0.1.0.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_base",
        "product_expiry",
        "stock",
    ],
    "application": True,
    "data": [
        "security/security.xml",
        "views/cosmetics_store_views.xml",
        "views/stock_warehouse_orderpoint_views.xml",
        "views/menus.xml",
    ],
    "post_init_hook": "post_init_hook",
}
