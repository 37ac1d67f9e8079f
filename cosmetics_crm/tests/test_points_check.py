"""The check of the ledger: what it finds, and who hears of it."""

from odoo.tests import tagged

from .common_ledger_check import LedgerCheckCases
from .common_points import PointsCommon


@tagged("post_install", "-at_install")
class TestPointsCheck(LedgerCheckCases, PointsCommon):
    differences = "cosmetics.points.difference"
    activity_type = "cosmetics_crm.mail_activity_type_points_check"
    fault = "UPDATE loyalty_card SET points = 8 WHERE id = %s"
    summary, summary_in_chinese = "The points ledger does not add up", "积分账不平"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls._create_card(points=10)

    def test_each_kind_of_fault_is_a_row_of_its_own(self):
        self._break(statement="UPDATE cosmetics_points_batch SET remaining = 4 WHERE card_id = %s")
        self.assertEqual(self._differences(), [("batch", 10, 4)])
        owing = self._create_card(points=-5)
        self._break("UPDATE loyalty_card SET points_debt = 2 WHERE id = %s", owing)
        self.assertEqual(sorted(self._differences()), [("batch", 10, 4), ("debt", 5, 2)])

    def test_approver_finds_the_member_in_the_list(self):
        self._break()
        row = self.env["cosmetics.points.difference"].with_user(self.approver).search([])
        self.assertEqual((row.card_id, row.partner_id, row.what), (self.card, self.card.partner_id, "batches"))
