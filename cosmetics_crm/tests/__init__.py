from . import test_points_ledger, test_roles
