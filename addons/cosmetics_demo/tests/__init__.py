from . import (
    test_demo_catalog,
    test_demo_channel_orders,
    test_demo_company,
    test_demo_flows,
    test_demo_loader,
    test_demo_logins,
    test_demo_money,
    test_demo_people,
    test_demo_plan,
    test_demo_roles,
    test_demo_stock_plan,
    test_demo_tills,
)
