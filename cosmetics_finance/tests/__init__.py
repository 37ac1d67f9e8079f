from . import (
    test_account_move_bulk,
    test_account_payment_register,
    test_cash_flow,
    test_period_close,
    test_roles,
    test_statement_balance,
    test_statement_charts,
    test_statement_print,
    test_statement_ties,
    test_voucher,
)
