from . import product_product, product_supplierinfo, purchase_order, purchase_order_line, stock_move
