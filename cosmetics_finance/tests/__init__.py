from . import (
    test_account_move_bulk,
    test_account_payment_register,
    test_cash_flow,
    test_roles,
    test_statement_balance,
    test_statement_charts,
    test_statement_ties,
)
