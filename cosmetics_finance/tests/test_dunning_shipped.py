"""The levels of dunning that a company begins with: they ask its own people, and decide nothing for it."""

from odoo.tests import freeze_time, tagged

from .common_due import DueCommon


@tagged("post_install", "-at_install")
class TestDunningShipped(DueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        names = ("call", "second", "letter", "last")
        cls.levels = cls.env["cosmetics.dunning.level"].union(*(cls.env.ref(f"cosmetics_finance.dunning_level_{name}") for name in names))

    def test_nothing_is_mailed_and_no_delivery_stops_before_the_accountant_says_so(self):
        self.assertEqual((any(self.levels.mapped("is_mailed")), any(self.levels.mapped("stops_deliveries"))), (False, False))

    def test_each_level_comes_later_than_the_one_before_and_says_what_to_do(self):
        self.assertEqual(self.levels.mapped("days"), sorted(set(self.levels.mapped("days"))))
        self.assertTrue(all(level.task and level.text for level in self.levels))

    def test_every_company_has_them(self):
        self.assertFalse(self.levels.company_id)

    def test_letters_of_all_levels_are_in_the_language_of_the_customer(self):
        for level in self.levels:
            with self.subTest(level=level.name):
                self.assertNotEqual(level.with_context(lang="zh_CN").text, level.with_context(lang="en_US").text)

    def test_customer_two_months_late_is_asked_once_at_the_last_level_and_still_gets_goods(self):
        self._create_invoice("2026-01-01", 300, due="2026-02-01")
        with freeze_time("2026-05-01 04:00:00"):
            for _night in range(2):
                self.books["cosmetics.dunning"].action_run()
        case = self.books["cosmetics.dunning"].search([("partner_id", "=", self.partner.id)])
        self.assertEqual((len(case), case.level_id, case.is_stopped), (1, self.levels[-1], False))
        tasks = self.env["mail.activity"].search([("res_model", "=", "res.partner"), ("res_id", "=", self.partner.id)])
        self.assertEqual(len(tasks), 1)

    def test_accountant_lets_the_last_level_stop_deliveries(self):
        self.levels[-1].with_user(self.accountant).stops_deliveries = True
        self._create_invoice("2026-01-01", 300, due="2026-02-01")
        with freeze_time("2026-05-01 04:00:00"):
            self.books["cosmetics.dunning"].action_run()
        self.assertTrue(self.books["cosmetics.dunning"].search([("partner_id", "=", self.partner.id)]).is_stopped)

    def test_level_that_was_put_away_is_passed_over(self):
        self.levels[-1].with_user(self.accountant).active = False
        self._create_invoice("2026-01-01", 300, due="2026-02-01")
        with freeze_time("2026-05-01 04:00:00"):
            self.books["cosmetics.dunning"].action_run()
        self.assertEqual(self.books["cosmetics.dunning"].search([("partner_id", "=", self.partner.id)]).level_id, self.levels[-2])
