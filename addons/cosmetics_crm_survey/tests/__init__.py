from . import (
    test_cosmetics_feedback,
    test_cosmetics_survey_answer,
    test_cosmetics_survey_invitation,
    test_cosmetics_survey_rule,
    test_member_rights,
    test_roles,
    test_survey_link,
    test_survey_question,
    test_tools,
)
