{
    "name": "Cosmetics Finance: Sales",
    "summary": "Finance invoices the orders that sales confirmed",
    "version": "19.0.1.7.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_finance",
        "cosmetics_sales",
    ],
    "auto_install": True,
    "data": [
        "security/ir.model.access.csv",
        "views/cosmetics_channel_views.xml",
        "views/cosmetics_settlement_views.xml",
        "views/stock_picking_views.xml",
        "views/menus.xml",
    ],
}
