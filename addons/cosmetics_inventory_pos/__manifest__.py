{
    "name": "Cosmetics Batches at the Till",
    "summary": "The shelf life rule at the till",
    "version": "19.0.1.6.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_inventory",
        "cosmetics_sales_pos",
    ],
    "data": [
        "security/stock_count_groups.xml",
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "data/ir_cron.xml",
        "wizards/cosmetics_till_exception_resolution_views.xml",
        "views/cosmetics_till_exception_views.xml",
        "views/pos_order_views.xml",
        "views/menus.xml",
    ],
    "assets": {
        "point_of_sale._assets_pos": [
            "cosmetics_inventory_pos/static/src/**/*",
        ],
        "web.assets_unit_tests": [
            "cosmetics_inventory_pos/static/tests/unit/**/*",
        ],
    },
    "post_init_hook": "post_init_hook",
}
