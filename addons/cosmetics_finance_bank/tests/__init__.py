from . import test_bank_file, test_bank_file_damage, test_bank_import, test_bank_open, test_reconcile, test_tools
