from . import (
    test_pos_config,
    test_pos_order,
    test_product_template,
    test_roles,
    test_sale_order_line,
    test_sale_order_review,
    test_shop_rules,
    test_stock_move,
)
