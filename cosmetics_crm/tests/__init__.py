from . import (
    test_member_join,
    test_res_partner_member,
    test_res_partner_search,
    test_roles,
)
