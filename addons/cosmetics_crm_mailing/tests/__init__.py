from . import (
    test_campaign_result,
    test_cosmetics_campaign,
    test_cosmetics_member_segment,
    test_cosmetics_sms_template,
    test_coupon_rules,
    test_roles,
    test_sms_fetch,
    test_sms_gateway,
    test_sms_queue,
    test_sms_replies,
    test_sms_rules,
    test_tools,
)
