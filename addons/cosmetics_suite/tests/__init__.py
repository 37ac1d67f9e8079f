from . import (
    test_cancel_order,
    test_counted_fields,
    test_delivery_date,
    test_foreign_services,
    test_home_screen,
    test_menus,
    test_names,
    test_payout_at_the_bank,
    test_recall_sms,
    test_rights,
    test_shelf_life_model,
)
