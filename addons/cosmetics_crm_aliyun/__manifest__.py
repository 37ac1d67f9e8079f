{
    "name": "Cosmetics SMS by Aliyun",
    "summary": "SMS through Aliyun (阿里云短信)",
    "version": "19.0.1.5.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": ["cosmetics_crm_mailing"],
    "external_dependencies": {"python": ["alibabacloud-dysmsapi20170525"]},
    "data": ["views/res_config_settings_views.xml"],
}
