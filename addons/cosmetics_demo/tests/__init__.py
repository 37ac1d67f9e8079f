from . import test_demo_company, test_demo_flows, test_demo_logins, test_demo_plan, test_demo_roles
