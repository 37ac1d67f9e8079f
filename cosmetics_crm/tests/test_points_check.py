"""The check of the ledger: what it finds, and who hears of it."""

from odoo.tests import tagged

from .common_points import PointsCommon

LOG = "odoo.addons.cosmetics_crm.models.cosmetics_ledger_check"


@tagged("post_install", "-at_install")
class TestPointsCheck(PointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls._create_card(points=10)
        cls.env.flush_all()

    def _break(self, card=None, statement="UPDATE loyalty_card SET points = 8 WHERE id = %s"):
        """Spoil a figure as only a fault could."""
        self.env.cr.execute(statement, ((card or self.card).id,))
        self.env.invalidate_all()

    def _check(self):
        with self.assertLogs(LOG, "ERROR"):
            return self.env["cosmetics.points.difference"]._cron_check()

    def _activities(self, user=None):
        kind = self.env.ref("cosmetics_crm.mail_activity_type_points_check")
        return self.env["mail.activity"].search([("activity_type_id", "=", kind.id), ("user_id", "=", (user or self.approver).id)])

    def test_ledger_that_adds_up_plans_nothing(self):
        with self.assertNoLogs(LOG, "ERROR"):
            self.assertEqual(self.env["cosmetics.points.difference"]._cron_check(), 0)
        self.assertFalse(self._activities())

    def test_difference_becomes_an_activity_of_the_approver(self):
        self.approver.lang = "en_US"
        self._break()
        self.assertEqual(self._check(), 1)
        activity = self._activities().with_user(self.approver)
        self.assertEqual((len(activity), activity.summary, activity.res_model), (1, "The points ledger does not add up", False))
        self.assertIn("1 figures", activity.note)

    def test_second_night_plans_no_second_activity(self):
        self._break()
        self._check()
        first = self._activities()
        self._check()
        self.assertEqual(self._activities(), first)

    def test_activity_that_is_done_comes_again_while_the_fault_is_there(self):
        self._break()
        self._check()
        first = self._activities()
        first.with_user(self.approver).action_done()
        self._check()
        self.assertEqual(len(self._activities() - first), 1)

    def test_member_manager_is_not_told(self):
        self._break()
        self._check()
        self.assertFalse(self._activities(self.manager))

    def test_approver_who_left_is_not_told(self):
        self.approver.active = False
        self._break()
        self._check()
        self.assertFalse(self._activities())

    def test_approver_of_another_company_is_not_told(self):
        company = self.env["res.company"].create({"name": "Test Company"})
        card = self._create_card(points=10, program=self._create_points_program(company_id=company.id))
        self.env.flush_all()
        self._break(card)
        self._check()
        self.assertFalse(self._activities())
        self.approver.company_ids += company
        self._check()
        self.assertEqual(len(self._activities()), 1)

    def test_approver_reads_it_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.approver.lang = "zh_CN"
        self._break()
        self._check()
        self.assertEqual(self._activities().summary, "积分账不平")

    def test_each_kind_of_fault_is_a_row_of_its_own(self):
        self._break(statement="UPDATE cosmetics_points_batch SET remaining = 4 WHERE card_id = %s")
        self.assertEqual(self._differences(), [("batch", 10, 4)])
        owing = self._create_card(points=-5)
        self.env.flush_all()
        self._break(owing, "UPDATE loyalty_card SET points_debt = 2 WHERE id = %s")
        self.assertEqual(sorted(self._differences()), [("batch", 10, 4), ("debt", 5, 2)])

    def test_approver_finds_the_member_in_the_list(self):
        self._break()
        row = self.env["cosmetics.points.difference"].with_user(self.approver).search([])
        self.assertEqual((row.card_id, row.partner_id, row.what), (self.card, self.card.partner_id, "batches"))
