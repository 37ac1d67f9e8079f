from . import test_credit, test_invoicing
