{
    "name": "Cosmetics Finance: Expenses",
    "summary": "Expense claims (费用报销) with approvals, invoices checked, within budgets, advances (借款) cleared",
    "version": "19.0.1.8.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_finance_fapiao",
        "hr_expense",
    ],
    "data": [
        "security/security.xml",
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "data/ir_sequence.xml",
        "data/cosmetics_expense_node.xml",
        "reports/cosmetics_expense_claim_report.xml",
        "reports/cosmetics_expense_advance_report.xml",
        "views/cosmetics_expense_claim_views.xml",
        "views/cosmetics_expense_advance_views.xml",
        "views/cosmetics_expense_node_views.xml",
        "views/cosmetics_budget_views.xml",
        "views/res_config_settings_views.xml",
        "views/menus.xml",
    ],
    "assets": {
        "web.report_assets_common": [
            "cosmetics_finance_expense/static/src/claim_print.scss",
        ],
    },
}
