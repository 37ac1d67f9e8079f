{
    "name": "Cosmetics Purchasing",
    "summary": "Buying of a cosmetics seller",
    "version": "19.0.1.3.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_inventory",
        "purchase_stock",
    ],
    "data": [
        "security/security.xml",
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "views/purchase_order_views.xml",
        "views/product_supplierinfo_views.xml",
        "views/menus.xml",
    ],
}
