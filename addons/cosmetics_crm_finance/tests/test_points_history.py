"""Whatever happens to points, the account is the value of the open ones."""

from datetime import date, timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from odoo.fields import Date
from odoo.tests import tagged

from .common import BooksCommon

STEPS = st.lists(
    st.tuples(st.sampled_from(["sale", "spend", "refund", "give", "take", "back"]), st.integers(1, 2000)), min_size=1, max_size=8
)


@tagged("post_install", "-at_install")
class TestPointsHistory(BooksCommon):
    def _walk(self, steps, tag):
        """Carry steps out, one every tenth day; return the last day."""
        day, sales, spent = date(2026, 1, 5), [], []
        for number, (step, points) in enumerate(steps):
            key = f"{tag}/{number}"
            if step == "sale":
                sales.append(self._create_sale(points))
                self._on(day, "earn", points, key, origin=sales[-1])
            elif step == "spend":
                spent.append(self._create_sale(1))
                self._on(day, "spend", points, key, origin=spent[-1], is_partial=True)
            elif step == "refund" and sales:
                self._on(day, "take_back", points, key, origin=sales[-1])
            elif step == "back" and spent:
                self._on(day, "give_back", points, key, origin=spent[-1])
            elif step in ("give", "take"):
                self._on(day, "adjust", points if step == "give" else -points, key)
            day += timedelta(days=10)
        return day

    @settings(max_examples=8, deadline=None, phases=[Phase.generate], derandomize=True, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def test_account_is_open_points_value_and_ends_at_nothing(self, steps):
        with self.env.cr.savepoint(flush=True) as savepoint:
            last = self._walk(steps, f"walk{steps}")
            month = date(2026, 1, 1)
            while month <= last:
                following = Date.add(month, months=1)
                closing = self._close(f"{month:%Y-%m}", following)
                self.assertGreaterEqual(closing.liability, 0)
                self.assertEqual(closing.difference, 0)
                month = following
            self._on(last + timedelta(days=40), "forfeit", None, "the end")
            closing = self._close(f"{Date.add(month, months=2):%Y-%m}", Date.add(month, months=3))
            self.assertEqual((closing.open_points, closing.liability, closing.account_balance), (0, 0, 0))
            savepoint.rollback()
        self.env.invalidate_all()
