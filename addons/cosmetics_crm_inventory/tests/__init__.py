from . import (
    test_member_segment,
    test_recall_export,
    test_recall_notice,
    test_recall_template,
    test_recall_unreached,
    test_tools,
)
