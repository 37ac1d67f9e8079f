from . import (
    test_assets,
    test_attachments,
    test_browser,
    test_client,
    test_devtools,
    test_pdf,
    test_plain_python,
    test_print,
    test_security,
)
