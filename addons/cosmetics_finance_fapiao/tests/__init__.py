from . import (
    test_declaration,
    test_files,
    test_forged,
    test_forms,
    test_import,
    test_issue,
    test_match,
    test_properties,
    test_proposals,
    test_red_letters,
    test_taxpayer,
    test_tools,
)
