from . import test_invoicing, test_invoicing_bulk
