from . import cosmetics_store, product_product, product_replenish, stock_warehouse_orderpoint
