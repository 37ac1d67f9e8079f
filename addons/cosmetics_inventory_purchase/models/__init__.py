from . import (
    cosmetics_purchase_approval,
    product_product,
    product_supplierinfo,
    purchase_order,
    purchase_order_approval,
    purchase_order_line,
    purchase_request,
    stock_move,
    tier_definition,
    tier_review,
)
