{
    "name": "Cosmetics Members: Finance",
    "summary": "What is owed to members stands in the books",
    "version": "19.0.1.5.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_crm",
        "cosmetics_finance",
    ],
    "auto_install": True,
    "data": [
        "security/ir.model.access.csv",
        "security/points_security.xml",
        "views/cosmetics_points_closing_views.xml",
        "views/cosmetics_stored_closing_views.xml",
        "views/cosmetics_points_value_views.xml",
        "views/res_config_settings_views.xml",
    ],
}
