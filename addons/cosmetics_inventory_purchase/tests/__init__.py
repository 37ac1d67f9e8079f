from . import test_lifecycle, test_receipt_minimum, test_roles, test_supplier_papers
