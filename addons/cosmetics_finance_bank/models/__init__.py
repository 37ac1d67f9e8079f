from . import (
    account_bank_statement,
    account_bank_statement_line,
    account_chart_template,
    cosmetics_bank_import,
    cosmetics_bank_import_file,
    cosmetics_bank_import_sentence,
    cosmetics_bank_profile,
)
