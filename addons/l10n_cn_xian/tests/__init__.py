from . import test_account_move, test_account_tax, test_company_setup, test_stock_accounts, test_tools
