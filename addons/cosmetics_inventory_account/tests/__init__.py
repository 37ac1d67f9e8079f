from . import test_stock_value
