from . import (
    cosmetics_shelf_life_log,
    cosmetics_store,
    product_product,
    stock_warehouse_orderpoint,
)
