"""Whatever is sold, received and counted in whatever order: the sums tie out and the stock is right."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import tagged

from .common_stock_count import StockCountCommon

FIGURES = ("book_quantity", "moved_quantity", "counted_quantity", "difference_quantity", "difference_value")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("sell"), st.integers(1, 3)),
        st.tuples(st.just("receive"), st.integers(1, 3)),
        st.tuples(st.just("count"), st.integers(0, 12)),
        st.tuples(st.just("take_back"), st.just(0)),
    ),
    max_size=6,
)


@tagged("post_install", "-at_install")
class TestStockCountProperty(StockCountCommon):
    @settings(
        max_examples=12, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    )
    @given(
        first=STEPS, last=st.integers(0, 12), waiting=STEPS, second=STEPS, again=st.integers(0, 12), later=STEPS, is_recounted=st.booleans()
    )
    def test_stock_is_what_was_counted_plus_what_moved_since(self, first, last, waiting, second, again, later, is_recounted):
        with self.env.cr.savepoint() as savepoint:
            self._check_story(first, last, waiting, second, again, later, is_recounted)
            savepoint.rollback()
        self.env.invalidate_all()

    def _check_story(self, first, last, waiting, second, again, later, is_recounted):
        count = self._create_count()
        line = self._line(count, self.lot)
        self._enter(count, 5, self.lot2)
        total = self._play(count, first, self.clerk) + self._count(count, last, self.clerk)
        at_count = self._on_hand(self.lot, self.shelf)
        self._play(count, [step for step in waiting if step[0] in ("sell", "receive")], self.clerk)
        count.action_review()
        if is_recounted or line.is_recount_needed:
            line.with_user(self.boss).is_recount_chosen = True
            count.action_recount()
            total = self._play(count, second, self.clerk2) + self._count(count, again, self.clerk2)
            at_count = self._on_hand(self.lot, self.shelf)
            count.action_review()
        self.assertEqual((line.counted_quantity, line.book_quantity + line.moved_quantity), (total, at_count))
        self._play(count, [step for step in later if step[0] in ("sell", "receive")], self.clerk)
        since = self._on_hand(self.lot, self.shelf) - at_count
        count.line_ids.filtered("difference_quantity").reason_id = self.reason
        count.action_submit()
        if count.state == "approval":
            count.with_user(self.quality).action_approve()
        self.assertEqual(count.state, "posted")
        self.assertEqual(self._on_hand(self.lot, self.shelf), total + since)
        self.assertEqual(line.book_quantity + line.moved_quantity + line.difference_quantity, line.counted_quantity)
        kept = [line[name] for name in FIGURES]
        self._play(count, [("receive", 2)], self.clerk)
        line.invalidate_recordset()
        self.assertEqual([line[name] for name in FIGURES], kept)

    def _play(self, count, steps, user):
        """Do these steps, and return what they counted."""
        total, mine = 0, []
        for what, quantity in steps:
            if what == "sell":
                quantity = min(quantity, self._on_hand(self.lot, self.shelf))
                if quantity:
                    self._move(self.lot, self.shelf, self.customer, quantity)
            elif what == "receive":
                self._move(self.lot, self.supplier, self.shelf, quantity)
            elif what == "count":
                mine.append((self._enter(count, quantity, self.lot, user)["key"], quantity))
                total += quantity
            elif mine:
                key, quantity = mine.pop()
                count.with_user(user).take_back(key)
                total -= quantity
        return total

    def _count(self, count, quantity, user):
        self.assertEqual(self._enter(count, quantity, self.lot, user)["state"], "taken")
        return quantity
