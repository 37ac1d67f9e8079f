from . import (
    test_account_move,
    test_account_payment,
    test_account_tax,
    test_company_setup,
    test_l10n_cn_xian_calendar_day,
    test_l10n_cn_xian_district,
    test_res_partner,
    test_stock_accounts,
    test_tools,
)
