from . import (
    test_consent,
    test_member_actions,
    test_member_benefits,
    test_member_figures,
    test_member_join,
    test_points_adjustment,
    test_points_gate,
    test_points_ledger,
    test_points_nightly,
    test_points_replay,
    test_points_tools,
    test_member_merge,
    test_member_next_product,
    test_member_privacy,
    test_member_rules,
    test_member_tier,
    test_res_partner_member,
    test_res_partner_search,
    test_roles,
)
from . import test_points_adjustment
from . import test_points_gate
from . import test_points_ledger
from . import test_points_nightly
from . import test_points_tools
