from . import test_order_bill, test_order_budget, test_request_budget
