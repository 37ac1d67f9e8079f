"""Who is asked, in which words, by which levels."""

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .test_dunning import DunningCommon


@tagged("post_install", "-at_install")
class TestDunningPeople(DunningCommon):
    def _get_people(self):
        return self._get_tasks().mapped("user_id")

    def test_a_salesperson_who_left_is_not_asked(self):
        self._invoice()
        self.seller.active = False
        self._run("2026-05-04")
        self.assertNotIn(self.seller, self._get_people())
        self.assertEqual(len(self._get_people()), 1)

    def test_a_salesperson_of_another_company_is_not_asked(self):
        self._invoice()
        self.partner.user_id = self._create_user("dunning_stranger")
        self._run("2026-05-04")
        self.assertNotIn(self.partner.user_id, self._get_people())

    def test_a_level_may_name_its_person(self):
        self.call.write({"is_for_salesperson": False, "user_id": self.accountant.id})
        self._invoice()
        case = self._run("2026-05-04")
        self.assertEqual((self._get_people(), case.user_id, case.step_ids.user_id), (self.accountant,) * 3)

    def test_who_takes_a_case_keeps_it_at_the_next_level(self):
        self._invoice()
        case = self._run("2026-05-04")
        case.user_id = self.accountant
        self._run("2026-05-16")
        self.assertEqual(case.user_id, self.accountant)

    def test_a_level_without_a_task_asks_nobody(self):
        self.call.task = False
        self._invoice()
        case = self._run("2026-05-04")
        self.assertEqual((case.level_id, len(self._get_tasks())), (self.call, 0))

    def test_an_archived_level_is_never_reached(self):
        self.call.active = False
        self._invoice()
        self.assertFalse(self._run("2026-05-14"))
        self.assertEqual(self._run("2026-05-16").level_id, self.letter)

    def test_a_level_of_another_company_is_not_ours(self):
        other = self.env["res.company"].create({"name": "Test Other Books"})
        self.env["cosmetics.dunning.level"].create({"name": "Theirs", "days": 1, "company_id": other.id})
        self._invoice()
        self.assertFalse(self._run("2026-05-02"))

    def test_people_are_asked_in_their_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.call.with_context(lang="zh_CN").task = "致电客户"
        self.seller.lang = "zh_CN"
        self._invoice()
        self._run("2026-05-04")
        self.assertEqual(self._get_tasks().summary, "致电客户")

    def test_a_case_opens_what_is_owed(self):
        self._invoice()
        case = self._run("2026-05-04")
        with freeze_time("2026-05-04 05:00:00"):
            action = case.action_open_due()
            self.assertEqual(self.books["cosmetics.finance.due"].search(action["domain"]).amount, 300)

    def test_a_promise_of_a_paid_case_is_refused(self):
        invoice = self._invoice()
        case = self._run("2026-05-04")
        self._pay(invoice, 300, "2026-05-04")
        self._run("2026-05-05")
        with self.assertRaisesRegex(UserError, "history"):
            self._promise(case, "2026-05-05")

    def test_what_nobody_types_is_named_as_on_the_form(self):
        self._invoice()
        case = self._run("2026-05-04")
        with self.assertRaisesRegex(UserError, "Overdue Amount"):
            case.write({"amount_overdue": 0})
