"""The examples in the tools of near expiry and adverse reactions hold."""

import doctest
from datetime import date

from odoo.tests import BaseCase, tagged

from ..tools import near_expiry_action, reaction_deadline
from ..tools.near_expiry_action import Facts, Place, decide


@tagged("post_install", "-at_install")
class TestWatchTools(BaseCase):
    def test_examples_hold(self):
        for module in (near_expiry_action, reaction_deadline):
            with self.subTest(module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 3)
                self.assertEqual(result.failed, 0)

    def test_no_decision_takes_more_than_is_free(self):
        places = (Place(1, 0.3, 5), Place(2, 4.0, 10), Place(3, 9.0, 800))
        for days in (-40, 0, 1, 3, 4, 20, 45, 180):
            for free in (0, 0.5, 1, 7.25, 60, 5000):
                for takes_back in (False, True):
                    with self.subTest(days=days, free=free, takes_back=takes_back):
                        facts = Facts(days, free, 0.4, 3, is_expired=days < -20, takes_back=takes_back, places=places)
                        action = decide(facts)
                        self.assertLessEqual(action.quantity, free)
                        self.assertEqual(action.kind in ("none", "keep"), action.quantity == 0)
                        self.assertEqual(action.kind == "move", action.place is not None)

    def test_nothing_expired_stopped_or_held_is_moved_to_a_shop(self):
        fast = (Place(1, 50.0, 0),)
        self.assertEqual(decide(Facts(-9, 5, is_expired=True, places=fast)).kind, "scrap")
        self.assertEqual(decide(Facts(0, 5, places=fast)).kind, "scrap")
        self.assertEqual(decide(Facts(90, 5, is_held=True, places=fast)).kind, "none")
        self.assertEqual(decide(Facts(90, 5, places=fast)).kind, "move")

    def test_three_kinds_have_three_deadlines(self):
        aware_on = date(2026, 3, 2)
        found = {kind: (reaction_deadline.due_on(kind, aware_on) - aware_on).days for kind in reaction_deadline.REPORT_DAYS}
        self.assertEqual(found, {"general": 30, "serious": 15, "social": 3})
