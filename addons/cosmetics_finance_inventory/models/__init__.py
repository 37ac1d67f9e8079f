from . import (
    account_move,
    cosmetics_cost_table,
    cosmetics_cost_table_line,
    cosmetics_disposal_reason,
    cosmetics_stock_loss,
    cosmetics_stock_loss_find,
    cosmetics_stock_writedown,
    cosmetics_stock_writedown_count,
    cosmetics_stock_writedown_line,
    res_company,
    res_config_settings,
)
