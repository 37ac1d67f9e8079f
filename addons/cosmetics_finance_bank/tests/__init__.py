from . import (
    test_bank_file,
    test_bank_file_damage,
    test_bank_import,
    test_bank_open,
    test_bank_row,
    test_certain_properties,
    test_forms,
    test_identity,
    test_month,
    test_reconcile,
    test_told,
    test_tools,
)
