from . import (
    account_move_store,
    cosmetics_break_even,
    cosmetics_profit,
    cosmetics_profit_alert,
    cosmetics_profit_parts,
    cosmetics_stock_turnover,
    res_company,
    res_config_settings,
)
