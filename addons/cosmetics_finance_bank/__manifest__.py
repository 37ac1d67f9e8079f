{
    "name": "Cosmetics Finance: Bank",
    "summary": "Bank statements read from the files of the banks, reconciled with the books",
    "version": "19.0.1.8.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "account_reconcile_oca",
        "cosmetics_finance",
    ],
    "external_dependencies": {"python": ["python-calamine"]},
    "data": [
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "data/ir_sequence.xml",
        "data/cosmetics_bank_profile.xml",
        "reports/cosmetics_bank_balance_report.xml",
        "views/account_bank_statement_line_views.xml",
        "views/reconcile_views.xml",
        "views/cosmetics_bank_balance_views.xml",
        "views/cosmetics_bank_import_views.xml",
        "views/cosmetics_bank_open_views.xml",
        "views/cosmetics_bank_profile_views.xml",
        "views/menus.xml",
    ],
    "post_init_hook": "_post_init_hook",
    "assets": {
        "web.assets_backend": [
            "cosmetics_finance_bank/static/src/reconcile/reconcile.scss",
        ],
    },
}
