from . import (
    test_member_event,
    test_member_purchase,
    test_order_points,
    test_order_points_roles,
    test_order_stored,
    test_points_walk,
)
