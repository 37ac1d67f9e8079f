from . import cosmetics_carrier, res_company, res_config_settings
