from . import test_account_payment_register, test_roles
