from . import test_account_move_bulk, test_account_payment_register, test_roles
