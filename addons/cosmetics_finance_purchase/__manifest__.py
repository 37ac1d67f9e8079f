{
    "name": "Cosmetics Finance: Purchasing",
    "summary": "Purchases are committed in budgets until their bills are posted",
    "version": "19.0.1.7.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_finance",
        "cosmetics_inventory_purchase",
    ],
    "auto_install": True,
    "data": [
        "views/purchase_order_views.xml",
        "views/purchase_request_views.xml",
        "views/menus.xml",
    ],
}
