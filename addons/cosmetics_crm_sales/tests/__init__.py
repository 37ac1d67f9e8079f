from . import test_order_points
from . import test_order_points_roles
from . import test_points_walk
