from . import (
    test_aftersale_batches,
    test_allocation,
    test_availability,
    test_band_price,
    test_batches,
    test_cosmetics_recall,
    test_parcels,
    test_promise,
    test_roles,
    test_sale_order_bulk,
    test_supply,
)
