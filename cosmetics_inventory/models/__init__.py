from . import cosmetics_store, product_product, stock_warehouse_orderpoint
