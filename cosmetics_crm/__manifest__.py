{
    "name": "Cosmetics Members",
    "summary": "Members of a cosmetics seller",
    "version": "19.0.1.0.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "calendar",
        "contacts",
        "cosmetics_base",
        "crm",
        "loyalty",
    ],
    "application": True,
    "data": [
        "security/security.xml",
        "security/ir.model.access.csv",
        "views/res_partner_views.xml",
        "views/menus.xml",
    ],
}
