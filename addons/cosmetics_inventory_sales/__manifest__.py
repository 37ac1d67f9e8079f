{
    "name": "Cosmetics Batches in Orders",
    "summary": "The shelf life rule in orders",
    "version": "19.0.1.7.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_inventory",
        "cosmetics_sales",
        "sale_stock_product_expiry",
    ],
    "data": [
        "security/tracking_rules.xml",
        "views/cosmetics_aftersale_views.xml",
        "views/cosmetics_channel_views.xml",
        "views/cosmetics_recall_line_views.xml",
        "views/cosmetics_shelf_life_promise_views.xml",
        "views/sale_order_views.xml",
        "views/menus.xml",
        "views/stock_report_delivery.xml",
        "views/report_invoice.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "cosmetics_inventory_sales/static/src/**/*",
        ],
    },
    "post_init_hook": "post_init_hook",
    "auto_install": True,
}
