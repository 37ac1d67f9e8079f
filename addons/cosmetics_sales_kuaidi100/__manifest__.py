{
    "name": "Cosmetics Parcels at Kuaidi100",
    "summary": "News of parcels from Kuaidi100 (快递100)",
    "version": "19.0.1.3.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": ["cosmetics_sales"],
    "external_dependencies": {"python": ["requests"]},
    "data": ["security/ir.model.access.csv", "security/ir_rule.xml", "views/res_config_settings_views.xml"],
}
