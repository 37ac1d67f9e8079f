{
    "name": "Cosmetics Member Service: Adverse Reactions",
    "summary": "Allergy cases become adverse reaction cases",
    "version": "19.0.1.0.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_crm_helpdesk",
        "cosmetics_inventory",
    ],
    "auto_install": True,
    "data": [
        "views/helpdesk_ticket_views.xml",
        "views/cosmetics_adverse_reaction_views.xml",
    ],
}
