from . import (
    test_advance,
    test_advance_edges,
    test_advance_payment,
    test_claim,
    test_claim_approval,
    test_claim_budget,
    test_claim_fapiao,
    test_closed_ways,
    test_fuzz,
    test_nodes,
    test_roles,
    test_tools,
)
