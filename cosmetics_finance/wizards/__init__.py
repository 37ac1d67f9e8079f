from . import (
    account_payment_register,
    cosmetics_account_statement_make,
    cosmetics_audit_pack_make,
    cosmetics_budget_carry,
    cosmetics_period_reopen,
    cosmetics_statement_report,
    cosmetics_statement_report_check,
    cosmetics_statement_report_drill,
    cosmetics_statement_report_sheet,
    cosmetics_voucher_print,
)
