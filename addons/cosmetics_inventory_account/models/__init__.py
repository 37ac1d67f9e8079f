from . import cosmetics_stock_ledger, cosmetics_stock_turnover, cosmetics_stock_value_day, product_product, res_company
