{
    "name": "Cosmetics Profit",
    "summary": "Gross profit by product, batch, shop, channel or member tier, with the break-even of shops",
    "version": "19.0.1.6.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_crm_pos",
        "cosmetics_crm_sales",
        "cosmetics_finance_inventory",
        "cosmetics_finance_sales",
    ],
    "auto_install": True,
    "data": [
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "data/mail_activity_type.xml",
        "data/ir_cron.xml",
        "views/cosmetics_profit_views.xml",
        "views/cosmetics_break_even_views.xml",
        "views/res_config_settings_views.xml",
    ],
}
