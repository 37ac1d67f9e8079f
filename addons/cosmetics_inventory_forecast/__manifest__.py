{
    "name": "Cosmetics Replenishment Forecast",
    "summary": "What to get for each shop, from a forecast of what will sell",
    "version": "19.0.1.5.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_inventory_purchase",
        "l10n_cn_xian",
    ],
    "external_dependencies": {"python": ["numpy", "statsmodels"]},
    "data": [
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "data/ir_cron.xml",
        "wizards/cosmetics_replenishment_adjust_views.xml",
        "views/cosmetics_replenishment_views.xml",
        "views/cosmetics_demand_week_views.xml",
        "views/res_config_settings_views.xml",
        "views/menus.xml",
    ],
}
