from . import (
    account_move_bulk,
    account_move_cash_flow,
    cosmetics_cash_flow,
    cosmetics_statement,
    cosmetics_statement_figures,
    cosmetics_statement_report,
    cosmetics_statement_report_check,
    cosmetics_statement_report_drill,
    cosmetics_statement_report_sheet,
    cosmetics_statement_row,
)
