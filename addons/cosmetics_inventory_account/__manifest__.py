{
    "name": "Cosmetics Stock Value",
    "summary": "Daily stock value with turnover",
    "version": "19.0.1.8.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_inventory",
        "stock_account",
    ],
    "data": [
        "security/ir.model.access.csv",
        "security/value_rules.xml",
        "data/ir_cron.xml",
        "views/cosmetics_stock_value_day_views.xml",
        "views/cosmetics_stock_turnover_views.xml",
        "views/cosmetics_stock_ledger_views.xml",
        "views/menus.xml",
    ],
}
