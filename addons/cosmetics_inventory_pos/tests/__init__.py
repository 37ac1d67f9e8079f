from . import (
    test_arrival,
    test_cosmetics_recall,
    test_cosmetics_till_exception,
    test_exception_resolution,
    test_exception_rights,
    test_js,
    test_pos_config,
    test_pos_order,
    test_returns,
    test_roles,
    test_ticket_batches,
    test_till_speed,
)
