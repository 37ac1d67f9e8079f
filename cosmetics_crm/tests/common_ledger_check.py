"""The nightly check of a ledger, whichever: who hears of a fault, and how often."""

LOG = "odoo.addons.cosmetics_crm.models.cosmetics_ledger_check"


class LedgerCheckCases:
    """Facts of every ledger. A class with `card` (one with figures) and `approver` says what is checked by the names below."""

    differences = activity_type = fault = None
    summary = summary_in_chinese = None

    def _break(self, statement=None, card=None):
        """Spoil a figure as only a fault could."""
        self.env.flush_all()
        self.env.cr.execute(statement or self.fault, ((card or self.card).id,))
        self.env.invalidate_all()

    def _check(self):
        with self.assertLogs(LOG, "ERROR"):
            return self.env[self.differences]._cron_check()

    def _activities(self, user=None):
        kind = self.env.ref(self.activity_type)
        return self.env["mail.activity"].search([("activity_type_id", "=", kind.id), ("user_id", "=", (user or self.approver).id)])

    def test_ledger_that_adds_up_plans_nothing(self):
        self.env.flush_all()
        with self.assertNoLogs(LOG, "ERROR"):
            self.assertEqual(self.env[self.differences]._cron_check(), 0)
        self.assertFalse(self._activities())

    def test_difference_becomes_an_activity_of_the_approver(self):
        self.approver.lang = "en_US"
        self._break()
        self.assertEqual(self._check(), 1)
        activity = self._activities().with_user(self.approver)
        self.assertEqual((len(activity), activity.summary, activity.res_model), (1, self.summary, False))
        self.assertIn("1 figures", activity.note)

    def test_approver_reads_it_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.approver.lang = "zh_CN"
        self._break()
        self._check()
        self.assertEqual(self._activities().summary, self.summary_in_chinese)

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
        self.assertEqual(len(self._activities().filtered("active")), 1)

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
        self.card.program_id.company_id = company
        self._break()
        self._check()
        self.assertFalse(self._activities())
        self.approver.company_ids += company
        self._check()
        self.assertEqual(len(self._activities()), 1)
