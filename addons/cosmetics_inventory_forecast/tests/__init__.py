from . import (
    test_access,
    test_cosmetics_demand_week,
    test_cosmetics_replenishment,
    test_cosmetics_replenishment_action,
    test_demand_model,
    test_order_quantity,
    test_over_time,
    test_replenishment_facts,
    test_screens,
    test_tools,
)
