from . import test_points_adjustment
from . import test_points_gate
from . import test_points_ledger
from . import test_points_nightly
from . import test_points_tools
from . import test_roles
