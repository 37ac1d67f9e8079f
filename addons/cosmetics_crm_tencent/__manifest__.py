{
    "name": "Cosmetics SMS by Tencent",
    "summary": "SMS through Tencent Cloud (腾讯云短信)",
    "version": "19.0.1.5.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": ["cosmetics_crm_mailing"],
    "external_dependencies": {"python": ["tencentcloud-sdk-python-sms"]},
    "data": ["views/res_config_settings_views.xml"],
}
