{
    "name": "Cosmetics Members at the Till",
    "summary": "Members with their points at the till",
    "version": "19.0.1.5.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_crm",
        "cosmetics_sales_pos",
        "pos_loyalty",
    ],
    "auto_install": True,
    "data": [
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "wizards/cosmetics_points_conflict_decision_views.xml",
        "views/cosmetics_points_conflict_views.xml",
        "views/pos_order_views.xml",
        "views/menus.xml",
    ],
    "assets": {
        "point_of_sale._assets_pos": [
            "cosmetics_crm_pos/static/src/**/*",
        ],
        "web.assets_unit_tests": [
            "cosmetics_crm_pos/static/tests/unit/**/*",
        ],
    },
}
