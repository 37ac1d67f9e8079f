from . import cosmetics_carrier, cosmetics_kuaidi100_service, res_company, res_config_settings
