from . import test_cosmetics_channel, test_features, test_lifecycle, test_order_search, test_reference_price, test_roles
