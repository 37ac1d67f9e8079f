from . import (
    account_chart_template,
    account_move,
    account_payment,
    account_tax,
    base,
    l10n_cn_xian_calendar_day,
    l10n_cn_xian_district,
    res_city,
    res_country,
    res_partner,
)
