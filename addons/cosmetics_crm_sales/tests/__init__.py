from . import (
    test_order_points,
    test_order_points_roles,
    test_points_walk,
)
from . import test_order_points
from . import test_member_purchase
