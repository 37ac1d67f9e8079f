from . import test_cosmetics_channel, test_features, test_lifecycle, test_reference_price, test_roles
