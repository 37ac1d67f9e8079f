from . import (
    cosmetics_owed_closing,
    cosmetics_points_closing,
    cosmetics_points_value,
    cosmetics_stored_closing,
    product_template,
    res_company,
    res_config_settings,
)
