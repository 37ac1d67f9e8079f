from . import (
    account_payment_register,
    cosmetics_allocation_override,
    cosmetics_review_waive,
    cosmetics_tracking_link,
    stock_return_picking,
    stock_return_picking_line,
)
