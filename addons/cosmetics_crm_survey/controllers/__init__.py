from . import survey_link
