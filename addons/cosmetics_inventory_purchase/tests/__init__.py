from . import (
    test_approval_gate,
    test_approval_holds,
    test_approval_people,
    test_bill_match,
    test_lifecycle,
    test_purchase_request,
    test_receipt_minimum,
    test_roles,
    test_supplier_papers,
    test_tools,
    test_vendor_answer,
)
