from . import (
    account_bank_statement,
    account_bank_statement_line,
    account_bank_statement_line_match,
    account_bank_statement_line_partner,
    account_chart_template,
    account_move_line,
    cosmetics_bank_balance,
    cosmetics_bank_import,
    cosmetics_bank_import_file,
    cosmetics_bank_import_sentence,
    cosmetics_bank_open,
    cosmetics_bank_profile,
)
