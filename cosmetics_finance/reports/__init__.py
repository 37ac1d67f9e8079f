from . import account_statement_xlsx, statement_xlsx
