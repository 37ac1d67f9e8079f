from . import cosmetics_feedback, cosmetics_member_event, cosmetics_survey_rule, helpdesk_ticket
