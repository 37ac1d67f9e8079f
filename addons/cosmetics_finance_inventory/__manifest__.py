{
    "name": "Cosmetics Finance: Inventory",
    "summary": "Stock that is not sold in the books",
    "version": "19.0.1.7.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_finance",
        "cosmetics_inventory",
    ],
    "auto_install": True,
    "data": [
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "data/ir_cron.xml",
        "data/disposal_reason.xml",
        "views/cosmetics_stock_loss_views.xml",
        "views/cosmetics_disposal_reason_views.xml",
        "views/cosmetics_stock_writedown_views.xml",
        "views/cosmetics_cost_table_views.xml",
        "views/res_config_settings_views.xml",
    ],
}
