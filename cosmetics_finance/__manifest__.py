{
    "name": "Cosmetics Finance",
    "summary": "Books of a cosmetics seller in China",
    "version": "19.0.1.3.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "account",
        "account_payment",
        "cosmetics_base",
        "l10n_cn_xian",
    ],
    "application": True,
    "data": [
        "security/security.xml",
        "views/menus.xml",
    ],
}
