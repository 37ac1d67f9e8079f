from . import (
    test_cosmetics_points_conflict,
    test_js,
    test_member_event,
    test_member_purchase,
    test_members_at_the_till,
    test_points_of_returns,
    test_points_of_sales,
    test_points_walk,
    test_stored_walk,
    test_till_days,
    test_till_stored,
    test_tools,
)
