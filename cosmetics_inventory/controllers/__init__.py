from . import stock_count
