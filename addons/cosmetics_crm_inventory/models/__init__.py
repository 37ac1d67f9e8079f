from . import (
    cosmetics_member_segment,
    cosmetics_recall,
    cosmetics_recall_line,
    cosmetics_recall_notice,
    res_company,
    res_config_settings,
    res_partner,
    sms_sms,
)
