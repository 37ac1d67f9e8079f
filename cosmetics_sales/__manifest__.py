{
    "name": "Cosmetics Sales",
    "summary": "Orders of a cosmetics seller from every channel",
    "version": "19.0.1.0.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_base",
        "sale_management",
    ],
    "application": True,
    "data": [
        "security/security.xml",
        "views/cosmetics_store_views.xml",
        "views/menus.xml",
    ],
    "post_init_hook": "post_init_hook",
}
