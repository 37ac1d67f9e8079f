from . import account_statement_xlsx, payment_plan_xlsx, statement_xlsx
