import doctest

from odoo.tests import BaseCase, tagged

from ..tools import recall_text


@tagged("post_install", "-at_install")
class TestTools(BaseCase):
    def test_examples_of_the_tools_hold(self):
        result = doctest.testmod(recall_text)
        self.assertGreater(result.attempted, 5)
        self.assertEqual(result.failed, 0)

    def test_no_list_of_names_is_longer_than_a_variable(self):
        for count in range(1, 12):
            for length in (1, 5, 19, 20, 21, 60):
                names = [f"{number}" + "字" * length for number in range(count)]
                with self.subTest(count=count, length=length):
                    self.assertLessEqual(len(recall_text.shorten(names, "种")), recall_text.WIDTH)

    def test_whoever_was_called_is_reached_whatever_failed_before(self):
        self.assertEqual(recall_text.reason_of(True, False, ["failed", "no_contact", "sent"], True, True, False), "")

    def test_waiting_ends_when_the_days_are_over(self):
        reasons = [recall_text.reason_of(True, False, ["sent"], False, is_late, True) for is_late in (False, True)]
        self.assertEqual(reasons, ["", "no_answer"])
