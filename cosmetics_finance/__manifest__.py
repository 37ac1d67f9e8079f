{
    "name": "Cosmetics Finance",
    "summary": "Books of a cosmetics seller in China",
    "version": "19.0.1.3.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "account",
        "account_financial_report",
        "account_payment",
        "cosmetics_base",
        "l10n_cn_xian",
    ],
    "application": True,
    "data": [
        "security/security.xml",
        "security/ir.model.access.csv",
        "security/statement_rules.xml",
        "data/cosmetics_statement.xml",
        "data/ir_cron_cash_flow.xml",
        "reports/cosmetics_statement_report.xml",
        "views/menus.xml",
        "views/cosmetics_statement_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "cosmetics_finance/static/src/statement/statement_field.js",
            "cosmetics_finance/static/src/statement/statement_field.xml",
            "cosmetics_finance/static/src/statement/statement.scss",
        ],
        "web.report_assets_common": [
            "cosmetics_finance/static/src/statement/statement.scss",
            "cosmetics_finance/static/src/statement/statement_print.scss",
        ],
    },
}
