"""Dunning: who is reminded, how often, what stops it."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation, UniqueViolation

from ..tools.dunning import find_level
from .common_due import DueCommon


class DunningCommon(DueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cosmetics.dunning.level"].search([]).active = False
        cls.call = cls._create_level("Call", 3)
        cls.letter = cls._create_level("Letter", 15, is_mailed=True, text="Please pay.")
        cls.stop = cls._create_level("Stop", 30, stops_deliveries=True)
        cls.seller = cls._create_user("dunning_seller", lang="en_US", company_id=cls.company.id, company_ids=cls.company.ids)
        cls.partner.write({"user_id": cls.seller.id, "email": "customer@example.com"})

    @classmethod
    def _create_level(cls, name, days, **vals):
        return cls.books["cosmetics.dunning.level"].create({"name": name, "days": days, "task": name, "company_id": cls.company.id, **vals})

    def _run(self, day):
        """Run the job as the accountant does it on a day; return the case of the customer."""
        with freeze_time(f"{day} 04:00:00"):
            self.books["cosmetics.dunning"].action_run()
        self.env.invalidate_all()
        return self.books["cosmetics.dunning"].search([("partner_id", "=", self.partner.id)], order="id desc", limit=1)

    def _invoice(self, amount=300, due="2026-05-01", **vals):
        return self._create_invoice("2026-04-01", amount, due=due, **vals)

    def _get_tasks(self):
        return self.env["mail.activity"].search([("res_model", "=", "res.partner"), ("res_id", "=", self.partner.id)], order="id")

    def _promise(self, case, day, amount=300, until="2026-05-20"):
        with freeze_time(f"{day} 04:00:00"):
            return self.books["cosmetics.dunning.promise"].create(
                {"dunning_id": case.id, "amount": amount, "promised_on": until, "note": "Ms Li"}
            )


@tagged("post_install", "-at_install")
class TestDunning(DunningCommon):
    def test_nobody_is_reminded_before_the_first_level(self):
        self._invoice()
        self.assertFalse(self._run("2026-05-03"))

    def test_the_first_level_asks_the_salesperson_of_the_customer(self):
        self._invoice()
        case = self._run("2026-05-04")
        self.assertEqual((case.level_id, case.amount_overdue, case.days_late), (self.call, 300, 3))
        task = self._get_tasks()
        self.assertEqual((task.user_id, task.summary), (self.seller, "Call"))
        self.assertIn("300", task.note)

    def test_a_second_run_of_the_day_and_of_the_next_day_ask_nobody_again(self):
        self._invoice()
        for day in ("2026-05-04", "2026-05-04", "2026-05-05"):
            case = self._run(day)
        self.assertEqual((len(case.step_ids), len(self._get_tasks())), (1, 1))

    def test_a_customer_first_seen_late_hears_of_the_highest_level_only(self):
        self._invoice()
        case = self._run("2026-05-20")
        self.assertEqual(case.step_ids.level_id, self.letter)

    def test_levels_follow_one_another(self):
        self._invoice()
        for day in ("2026-05-04", "2026-05-16", "2026-05-31"):
            case = self._run(day)
        self.assertEqual(case.step_ids.level_id, self.call | self.letter | self.stop)
        self.assertTrue(case.is_stopped)
        self.assertFalse(case.next_level_id)

    def test_the_next_level_and_its_day_are_told(self):
        self._invoice()
        case = self._run("2026-05-04")
        self.assertEqual((case.next_level_id, case.next_action_on), (self.letter, date(2026, 5, 16)))

    def test_a_case_ends_when_nothing_is_late_and_a_new_one_begins_at_the_start(self):
        invoice = self._invoice()
        case = self._run("2026-05-20")
        self._pay(invoice, 300, "2026-05-20")
        self._run("2026-05-21")
        self.assertEqual((case.state, bool(case.closed_at), case.amount_overdue), ("closed", True, 0))
        self._invoice(due="2026-05-25")
        again = self._run("2026-05-29")
        self.assertNotEqual(again, case)
        self.assertEqual(again.level_id, self.call)

    def test_a_disputed_invoice_is_not_dunned(self):
        self._invoice(is_disputed=True, dispute_reason="Ten jars were broken")
        self.assertFalse(self._run("2026-05-20"))

    def test_money_not_matched_yet_ends_the_dunning(self):
        self._invoice()
        self._enter("2026-05-02", ("1002", 300), ("1122", -300, self.partner))
        self.assertFalse(self._run("2026-05-20"))

    def test_a_pause_holds_the_next_level_until_its_day(self):
        self._invoice()
        case = self._run("2026-05-04")
        case.paused_until = "2026-05-20"
        self.assertEqual(self._run("2026-05-19").level_id, self.call)
        self.assertEqual(self._run("2026-05-20").level_id, self.letter)

    def test_a_letter_goes_out_once_with_the_items(self):
        self._invoice()
        case = self._run("2026-05-16")
        self._run("2026-05-17")
        mail = self.env["mail.mail"].search([("model", "=", "cosmetics.dunning.step"), ("res_id", "in", case.step_ids.ids)])
        self.assertEqual((len(mail), mail.recipient_ids, case.step_ids.is_mailed), (1, self.partner, True))
        self.assertIn("Please pay.", mail.body_html)
        self.assertIn(self._get_due().move_name, mail.body_html)

    def test_without_an_address_nothing_is_said_to_be_mailed(self):
        self.partner.email = False
        self._invoice()
        self.assertFalse(self._run("2026-05-16").step_ids.is_mailed)

    def test_a_customer_without_salesperson_is_the_task_of_an_accountant(self):
        self.partner.user_id = False
        self._invoice()
        self._run("2026-05-04")
        self.assertIn(self._get_tasks().user_id, self.env.ref("cosmetics_finance.group_accountant").all_user_ids)

    def test_a_stop_holds_the_customer_and_payment_frees_it_at_once(self):
        invoice = self._invoice()
        self._run("2026-05-31")
        customer = self.books["res.partner"].browse(self.partner.id)
        with freeze_time("2026-05-31 05:00:00"):
            self.assertEqual(customer.credit_hold, "stopped")
            self._pay(invoice, 300, "2026-05-31")
            self.env.invalidate_all()
            self.assertFalse(customer.credit_hold)

    def test_the_nightly_job_runs_for_every_company(self):
        self._invoice()
        with freeze_time("2026-05-04 04:00:00"), self.enter_registry_test_mode():
            self.env.ref("cosmetics_finance.ir_cron_dunning").method_direct_trigger()
        self.assertEqual(self.env["cosmetics.dunning"].search([("partner_id", "=", self.partner.id)]).level_id, self.call)


@tagged("post_install", "-at_install")
class TestPromises(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._create_invoice("2026-04-01", 300, due="2026-05-01")

    def setUp(self):
        super().setUp()
        self.case = self._run("2026-05-04")

    def test_an_open_promise_holds_the_next_level(self):
        self._promise(self.case, "2026-05-05")
        self.assertEqual(self._run("2026-05-19").level_id, self.call)

    def test_a_promise_paid_in_time_is_kept(self):
        promise = self._promise(self.case, "2026-05-05")
        self._pay(self.invoice, 300, "2026-05-18")
        self._run("2026-05-19")
        self.assertEqual((promise.state, promise.received, self.case.state), ("kept", 300, "closed"))

    def test_a_promise_paid_in_part_is_broken_and_the_person_in_charge_is_asked(self):
        promise = self._promise(self.case, "2026-05-05")
        self._pay(self.invoice, 100, "2026-05-18")
        self._run("2026-05-20")
        self.assertEqual(promise.state, "open")
        self._run("2026-05-21")
        self.assertEqual((promise.state, promise.received), ("broken", 100))
        self.assertIn("Did not pay as promised", self._get_tasks().mapped("summary"))
        self.assertEqual(self.case.level_id, self.letter)

    def test_a_broken_promise_is_told_once(self):
        self._promise(self.case, "2026-05-05")
        for day in ("2026-05-21", "2026-05-21", "2026-05-22"):
            self._run(day)
        self.assertEqual(self._get_tasks().mapped("summary").count("Did not pay as promised"), 1)

    def test_a_credit_note_keeps_no_promise(self):
        promise = self._promise(self.case, "2026-05-05")
        self._create_invoice("2026-05-10", 50, move_type="out_refund")
        self._run("2026-05-21")
        self.assertEqual((promise.state, promise.received), ("broken", 0))

    def test_one_promise_at_a_time(self):
        self._promise(self.case, "2026-05-05")
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            self._promise(self.case, "2026-05-06")

    def test_a_promise_is_of_some_money_and_a_day_to_come(self):
        for vals in ({"amount": 0}, {"until": "2026-05-04"}):
            with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
                self._promise(self.case, "2026-05-05", **vals)

    def test_nobody_writes_that_a_promise_was_kept(self):
        promise = self._promise(self.case, "2026-05-05")
        for vals in ({"state": "kept"}, {"received": 300}, {"made_on": "2026-01-01"}):
            with self.assertRaises(UserError):
                promise.write(vals)

    def test_a_judged_promise_is_history(self):
        promise = self._promise(self.case, "2026-05-05")
        self._run("2026-05-21")
        with self.assertRaisesRegex(UserError, "history"):
            promise.amount = 1
        with self.assertRaisesRegex(UserError, "history"):
            promise.unlink()


@tagged("post_install", "-at_install")
class TestDunningRights(DunningCommon):
    def test_figures_and_levels_of_a_case_are_nobodys_to_type(self):
        self._invoice()
        case = self._run("2026-05-04")
        for vals in ({"state": "closed"}, {"level_id": self.stop.id}, {"amount_overdue": 0}):
            with self.assertRaises(UserError):
                case.write(vals)
        with self.assertRaises(AccessError):
            self.books["cosmetics.dunning"].create({"partner_id": self.other.id, "company_id": self.company.id})
        with self.assertRaises(AccessError):
            case.step_ids.unlink()

    def test_a_reader_reads_and_runs_nothing(self):
        self._invoice()
        case = self._run("2026-05-04").with_user(self.reader)
        self.assertEqual((case.amount_overdue, case.step_ids.level_id.name), (300, "Call"))
        with self.assertRaises(AccessError):
            case.paused_until = "2026-06-01"
        with self.assertRaises(AccessError):
            case.browse().action_run()

    def test_another_company_sees_neither_cases_nor_levels(self):
        self._invoice()
        case = self._run("2026-05-04")
        outsider = self._create_user("dunning_outsider", "cosmetics_finance.group_accountant")
        for records in (case, case.step_ids, self.call):
            self.assertFalse(self.env[records._name].with_user(outsider).search([("id", "in", records.ids)]))

    def test_an_employee_reads_no_case(self):
        with self.assertRaises(AccessError):
            self.env["cosmetics.dunning"].with_user(self.seller).search([])

    def test_a_level_has_days_and_the_text_it_mails(self):
        for vals in ({"days": 0}, {"days": 9, "is_mailed": True}):
            with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
                self._create_level("Wrong", **vals)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            self._create_level("Twice", 3)


@tagged("post_install", "-at_install")
class TestDunningTools(DueCommon):
    @settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
    @given(st.sets(st.integers(1, 400), max_size=6), st.integers(0, 500), st.integers(0, 400))
    def test_a_level_is_never_reached_early_or_twice(self, levels, late, reached):
        days = find_level(levels, late, reached)
        if days is not None:
            self.assertTrue(reached < days <= late and days in levels)
            self.assertIsNone(find_level(levels, late, days))
        else:
            self.assertFalse([level for level in levels if reached < level <= late])
