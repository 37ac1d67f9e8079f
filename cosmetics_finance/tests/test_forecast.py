"""When money is expected, how punctual partners are, how long money stands out."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..tools.turnover import count_days, find_window, step_back
from .common_due import DueCommon


class ForecastCommon(DueCommon):
    def _fill(self):
        self.env["cosmetics.finance.punctuality"]._fill(self.company)
        self.env["cosmetics.finance.turnover"]._fill(self.company)
        self.env.invalidate_all()

    def _get(self, model, **criteria):
        records = self.env[model].with_user(self.reader).with_context(allowed_company_ids=self.company.ids)
        return records.search([("company_id", "=", self.company.id), *((name, "=", value) for name, value in criteria.items())])

    def _paid_invoice(self, amount, due, paid, **vals):
        invoice = self._create_invoice("2026-03-01", amount, due=due, **vals)
        self._pay(invoice, amount, paid)
        return invoice


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20 04:00:00")
class TestForecast(ForecastCommon):
    def test_without_a_past_money_is_expected_when_it_is_due(self):
        self._create_invoice("2026-05-01", 300, due="2026-06-10")
        forecast = self._get("cosmetics.finance.forecast")
        self.assertEqual((forecast.expected_on, forecast.amount, forecast.kind), (date(2026, 6, 10), 300, "receivable"))

    def test_what_is_late_is_expected_today(self):
        self._create_invoice("2026-03-01", 300, due="2026-04-10")
        self.assertEqual(self._get("cosmetics.finance.forecast").expected_on, date(2026, 5, 20))

    def test_money_is_expected_as_late_as_the_partner_usually_is(self):
        self._paid_invoice(100, due="2026-04-01", paid="2026-04-11")
        self._create_invoice("2026-05-01", 300, due="2026-06-10")
        self._fill()
        self.assertEqual(self._get("cosmetics.finance.forecast").expected_on, date(2026, 6, 20))

    def test_payments_to_vendors_are_negative(self):
        self._create_invoice("2026-05-01", 500, due="2026-06-10", move_type="in_invoice")
        forecast = self._get("cosmetics.finance.forecast")
        self.assertEqual((forecast.amount, forecast.kind, forecast.partner_id), (-500, "payable", self.other))

    def test_disputed_money_is_not_expected(self):
        self._create_invoice("2026-05-01", 300, is_disputed=True, dispute_reason="Broken jars")
        self.assertFalse(self._get("cosmetics.finance.forecast"))

    def test_a_week_is_summed_over_both_sides(self):
        self._create_invoice("2026-05-01", 300, due="2026-06-09")
        self._create_invoice("2026-05-01", 120, due="2026-06-10", move_type="in_invoice")
        forecasts = self.env["cosmetics.finance.forecast"].with_user(self.reader).with_context(allowed_company_ids=self.company.ids)
        groups = forecasts._read_group([("company_id", "=", self.company.id)], ["expected_on:week"], ["amount:sum"])
        self.assertEqual([amount for _week, amount in groups], [180])

    def test_punctuality_is_weighted_by_the_amounts(self):
        self._paid_invoice(300, due="2026-04-01", paid="2026-04-11")
        self._paid_invoice(100, due="2026-04-01", paid="2026-03-30")
        self._fill()
        habit = self._get("cosmetics.finance.punctuality")
        self.assertEqual((habit.days_late, habit.amount, habit.payment_count), (7, 400, 2))

    def test_a_credit_note_is_no_payment_habit(self):
        invoice = self._create_invoice("2026-03-01", 300, due="2026-03-10")
        invoice._reverse_moves([{"invoice_date": date(2026, 5, 1), "date": date(2026, 5, 1)}], cancel=True)
        self._fill()
        self.assertFalse(self._get("cosmetics.finance.punctuality"))

    def test_what_was_paid_more_than_a_year_ago_is_forgotten(self):
        self._paid_invoice(100, due="2026-03-01", paid="2026-05-01")
        with freeze_time("2027-05-02 04:00:00"):
            self._fill()
        self.assertFalse(self._get("cosmetics.finance.punctuality"))

    def test_our_own_lateness_is_kept_apart(self):
        self._paid_invoice(100, due="2026-04-01", paid="2026-04-21", move_type="in_invoice")
        self._fill()
        habit = self._get("cosmetics.finance.punctuality")
        self.assertEqual((habit.kind, habit.days_late, habit.partner_id), ("payable", 20, self.other))


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20 04:00:00")
class TestTurnover(ForecastCommon):
    def test_the_open_balance_stands_against_three_months_of_billing(self):
        self._create_invoice("2026-03-10", 900)
        self._pay(self._create_invoice("2026-04-10", 900), 900, "2026-04-20")
        self._fill()
        april = self._get("cosmetics.finance.turnover", month="2026-04-01", kind="receivable")
        self.assertEqual((april.balance, april.billed, april.days), (900, 1800, 44.5))

    def test_the_current_month_ends_today(self):
        self._create_invoice("2026-05-10", 900)
        self._fill()
        self.assertEqual(self._get("cosmetics.finance.turnover", month="2026-05-01", kind="receivable").days, 81)

    def test_vendors_have_a_period_of_their_own(self):
        self._create_invoice("2026-05-10", 500, move_type="in_invoice")
        self._fill()
        month = self._get("cosmetics.finance.turnover", month="2026-05-01", kind="payable")
        self.assertEqual((month.balance, month.billed, month.days), (500, 500, 81))

    def test_the_nightly_job_fills_every_company(self):
        with self.enter_registry_test_mode():
            self.env.ref("cosmetics_finance.ir_cron_forecast").method_direct_trigger()
        self.assertEqual(len(self._get("cosmetics.finance.turnover")), 26)

    def test_thirteen_months_are_there_and_a_second_night_adds_none(self):
        self._fill()
        self._fill()
        self.assertEqual(len(self._get("cosmetics.finance.turnover")), 26)

    def test_the_last_two_months_follow_the_books_and_older_ones_stay(self):
        self._fill()
        self._create_invoice("2026-02-10", 100)
        self._create_invoice("2026-05-10", 900)
        self._fill()
        amounts = [self._get("cosmetics.finance.turnover", month=day, kind="receivable").balance for day in ("2026-02-01", "2026-05-01")]
        self.assertEqual(amounts, [0, 1000])

    def test_a_reader_reads_and_nobody_writes(self):
        self._fill()
        for model in ("cosmetics.finance.turnover", "cosmetics.finance.punctuality", "cosmetics.finance.forecast"):
            for operation in ("create", "write", "unlink"):
                self.assertFalse(self.books[model].has_access(operation), (model, operation))
            with self.assertRaises(AccessError):
                self.env[model].with_user(self._create_user(f"{model}_{operation}")).search([])

    def test_another_company_sees_none_of_it(self):
        self._create_invoice("2026-05-10", 900)
        self._fill()
        outsider = self._create_user("forecast_outsider", "account.group_account_readonly")
        for model in ("cosmetics.finance.turnover", "cosmetics.finance.forecast"):
            self.assertFalse(self.env[model].with_user(outsider).search([("company_id", "=", self.company.id)]))


@tagged("post_install", "-at_install")
class TestTurnoverTools(DueCommon):
    @settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
    @given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 24))
    def test_a_window_is_three_months_that_never_pass_today(self, today, back):
        first, last = find_window(step_back(today.replace(day=1), back), today)
        self.assertTrue(first.day == 1 and first < last or first == last)
        self.assertLessEqual(last, today)
        self.assertTrue(28 + 31 < (last - first).days + 1 + 31 <= 92 + 31)

    @settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
    @given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
    def test_days_are_never_negative(self, balance, billed):
        self.assertGreaterEqual(count_days(balance, billed, (date(2026, 3, 1), date(2026, 5, 31))), 0)
