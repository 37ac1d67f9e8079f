from . import (
    account_move,
    cosmetics_recall,
    cosmetics_recall_line,
    cosmetics_shelf_life_band,
    cosmetics_shelf_life_promise,
    sale_order,
    sale_order_line,
    sale_order_line_batches,
    sale_order_line_supply,
    sale_order_search,
    stock_move,
    stock_move_line,
)
