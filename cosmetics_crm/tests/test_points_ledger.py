"""The ledger of points: what every way in obeys."""

from odoo.tests import tagged

from .common_points import PointsCommon


@tagged("post_install", "-at_install")
class TestPointsLedger(PointsCommon):
    def test_points_earned_can_be_spent_once(self):
        self._post(self.card, "earn", 100, "a")
        self._post(self.card, "spend", 60, "b")
        self.assertEqual(self.card.points, 40)
        self.assertEqual(self._differences(), [])

    def test_act_of_the_same_key_does_nothing_the_second_time(self):
        self._post(self.card, "earn", 100, "a")
        self.assertTrue(self._post(self.card, "earn", 100, "a").is_replay)
        self.assertEqual(self.card.points, 100)
