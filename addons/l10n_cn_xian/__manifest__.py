{
    "name": "Xi'an Localization",
    "summary": "China set-up of a company in Xi'an",
    "version": "19.0.1.0.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "countries": ["cn"],
    "depends": [
        "base_vat",
        "l10n_cn",
        "l10n_cn_city",
        "phone_validation",
        "stock_account",
    ],
    "external_dependencies": {
        "python": ["chinesecalendar", "lunardate", "phonenumbers", "python-stdnum"],
    },
    "data": [
        "views/account_tax_views.xml",
        "views/account_move_views.xml",
    ],
    "post_init_hook": "_post_init_hook",
    "installable": True,
}
