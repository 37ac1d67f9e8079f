from . import (
    test_allocation_tools,
    test_cosmetics_channel,
    test_cosmetics_parcel,
    test_features,
    test_lifecycle,
    test_order_lateness,
    test_order_search,
    test_order_timeline,
    test_reference_price,
    test_roles,
    test_sale_order_allocation,
)
