from . import test_allergy_case
