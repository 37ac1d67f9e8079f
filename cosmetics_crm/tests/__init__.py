from . import (
    test_member_join,
    test_points_adjustment,
    test_points_gate,
    test_points_ledger,
    test_points_nightly,
    test_points_replay,
    test_points_roles,
    test_points_tools,
    test_res_partner_member,
    test_res_partner_search,
    test_roles,
)
