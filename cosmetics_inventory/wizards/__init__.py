from . import (
    cosmetics_lot_correction,
    cosmetics_lot_quality,
    cosmetics_near_expiry_wizard,
    cosmetics_receipt_grid,
    cosmetics_receipt_grid_line,
    product_replenish,
)
