"""How the sales of a week become orders, and which days the first weeks have."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from odoo.tests import tagged

from ..loader import demo, first_weeks, sales_history, stock, stock_days
from ..plan import sales_history as plan_history
from ..plan.stock import AGED_SHARE, DAYS_OF_MONTH, GONE_SHARE, gone_batch
from .test_demo_company import DemoCase

PRICES = st.integers(1, first_weeks.BASKET)
LINES = st.lists(st.tuples(PRICES.map(lambda price: {"price": price}), st.integers(1, 60)), max_size=12)
DAYS = st.dates(date(2026, 1, 1), date(2031, 12, 31))


@tagged("post_install", "-at_install")
class TestDemoFirstWeeks(DemoCase):
    def _set_up_on(self, today):
        """Return the company as it would be set up on a day."""
        return demo.Demo(self.env, self.plan, today)

    @given(LINES)
    def test_orders_hold_all_that_was_sold_and_none_needs_approval(self, lines):
        baskets = first_weeks.split(lines)
        sold = [0] * len(lines)
        for basket in baskets:
            self.assertLessEqual(sum(row["price"] * units for row, units in basket), first_weeks.BASKET)
            for row, units in basket:
                self.assertGreater(units, 0)
                sold[next(at for at, (other, _units) in enumerate(lines) if other is row)] += units
        self.assertEqual(sold, [units for _row, units in lines])

    @given(LINES)
    def test_no_order_is_empty_unless_nothing_was_sold(self, lines):
        self.assertTrue(all(first_weeks.split(lines)) or not lines)

    @given(DAYS)
    def test_the_opening_is_the_monday_of_the_first_week(self, today):
        company = self._set_up_on(today)
        self.assertEqual(stock.opening_day(company), sales_history.mondays(company)[plan_history.OWN_WEEKS])

    @given(DAYS)
    def test_the_month_that_is_over_ends_after_the_opening(self, today):
        company = self._set_up_on(today)
        end = stock_days.month_end(company)
        self.assertEqual((end + timedelta(days=1)).day, 1)
        self.assertTrue(stock.opening_day(company) <= end < today)

    def test_the_files_of_the_system_before_end_where_ours_begins(self):
        company = self._set_up_on(date(2026, 11, 29))
        last = sales_history.mondays(company)[plan_history.OWN_WEEKS]
        for _name, raw in sales_history.files(company):
            periods = {line.split(",")[3] for line in raw.decode("gbk").splitlines()[1:-1]}
            weeks = {datetime.strptime(f"{period}-1", "%GW%V-%u").date() for period in periods if "W" in period}  # noqa: DTZ007
            self.assertEqual(max(weeks), last - timedelta(weeks=1))

    def test_the_first_weeks_go_on_as_the_files_would(self):
        rows = sales_history.sold_by_week(self._set_up_on(date(2026, 11, 29)))
        for place, sold in rows.items():
            own = first_weeks.own_weeks(sold)
            self.assertEqual(sorted(own), list(range(1, plan_history.OWN_WEEKS + 1)), place)
            expected = sum(units for row, weeks in sold for week, units in weeks if week <= plan_history.OWN_WEEKS and not row["is_new"])
            self.assertEqual(sum(units for lines in own.values() for _row, units in lines), expected, place)
            self.assertFalse([row for lines in own.values() for row, _units in lines if row["is_new"]], place)

    def test_what_was_sold_was_older_than_what_is_there(self):
        self.assertLess(GONE_SHARE, AGED_SHARE[0])
        for row in self.plan["products"]:
            if row["shelf_life_months"]:
                self.assertLess(gone_batch(row)["days_left"], row["shelf_life_months"] * DAYS_OF_MONTH)

    def test_each_place_that_sold_has_a_seller(self):
        self.assertEqual(set(first_weeks.SELLERS), set(plan_history.PLACES))
