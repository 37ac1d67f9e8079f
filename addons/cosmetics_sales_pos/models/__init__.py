from . import cosmetics_store, pos_config, pos_order, product_template, sale_order_line
