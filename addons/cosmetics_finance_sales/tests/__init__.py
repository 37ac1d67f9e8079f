from . import test_credit, test_invoicing, test_settlement_platform, test_settlement_post
