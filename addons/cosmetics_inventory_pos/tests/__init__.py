from . import (
    test_cosmetics_recall,
    test_cosmetics_till_exception,
    test_js,
    test_pos_config,
    test_pos_order,
    test_roles,
    test_ticket_batches,
    test_till_speed,
)
