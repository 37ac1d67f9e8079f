from . import (
    test_member_join,
    test_res_partner_member,
    test_res_partner_search,
    test_roles,
)
from . import test_points_adjustment
from . import test_points_gate
from . import test_points_ledger
from . import test_points_nightly
from . import test_points_tools
from . import test_roles
from . import test_points_adjustment, test_points_gate, test_points_ledger, test_points_nightly, test_points_tools, test_roles
