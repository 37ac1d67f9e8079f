{
    "name": "Cosmetics Member Service: Surveys",
    "summary": "Closed cases are asked about, low scores become cases",
    "version": "19.0.1.0.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_crm_helpdesk",
        "cosmetics_crm_survey",
    ],
    "auto_install": True,
    "data": [
        "views/cosmetics_feedback_views.xml",
        "views/cosmetics_survey_rule_views.xml",
    ],
}
