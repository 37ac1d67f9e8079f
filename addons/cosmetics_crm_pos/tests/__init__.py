from . import test_member_purchase
