{
    "name": "Cosmetics Members and Batches",
    "summary": "What members are told of the batches they bought",
    "version": "19.0.1.0.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_crm",
        "cosmetics_crm_mailing",
        "cosmetics_inventory",
    ],
    "auto_install": True,
    "external_dependencies": {"python": ["xlsxwriter"]},
    "data": [
        "data/recall_template.xml",
        "views/cosmetics_recall_line_views.xml",
        "views/cosmetics_recall_views.xml",
        "views/res_config_settings_views.xml",
    ],
}
