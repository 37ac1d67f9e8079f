from . import test_features, test_lifecycle, test_roles
