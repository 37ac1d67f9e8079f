from . import (
    cosmetics_shelf_life_band,
    cosmetics_shelf_life_log,
    cosmetics_store,
    product_product,
    product_template,
    res_company_shelf_life,
    stock_lot,
    stock_lot_shelf_life,
    stock_warehouse_orderpoint,
)
