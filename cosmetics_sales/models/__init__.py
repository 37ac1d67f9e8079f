from . import cosmetics_store, sale_order, sale_order_line
