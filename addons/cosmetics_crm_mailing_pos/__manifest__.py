{
    "name": "Cosmetics Coupons at the Till",
    "summary": "Rules of coupons at the till",
    "version": "19.0.1.5.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_crm_mailing",
        "cosmetics_crm_pos",
    ],
    "auto_install": True,
    "assets": {
        "point_of_sale._assets_pos": [
            "cosmetics_crm_mailing_pos/static/src/**/*",
        ],
        "web.assets_unit_tests": [
            "cosmetics_crm_mailing_pos/static/tests/unit/**/*",
        ],
    },
}
