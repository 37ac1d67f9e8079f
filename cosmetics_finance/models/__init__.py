from . import (
    account_move_bulk,
    account_move_cash_flow,
    account_move_voucher,
    cosmetics_cash_flow,
    cosmetics_period_check,
    cosmetics_period_close,
    cosmetics_period_close_check,
    cosmetics_period_close_year,
    cosmetics_statement,
    cosmetics_statement_figures,
    cosmetics_statement_row,
)
