from . import test_break_even, test_low_margin, test_profit, test_profit_roles, test_profit_spread, test_stock_return
