from . import test_cosmetics_store, test_features, test_product_replenish, test_roles, test_stock_warehouse_orderpoint
