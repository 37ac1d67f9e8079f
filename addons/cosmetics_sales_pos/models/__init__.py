from . import cosmetics_store, pos_config, pos_order, pos_payment_method, product_template, sale_order_line, sale_order_review, stock_move
