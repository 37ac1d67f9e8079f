"""Sales of the till are events of members."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import TillPointsCommon


@tagged("post_install", "-at_install")
class TestTillSales(TillPointsCommon):
    def _events(self, days_from=-1, days_to=1):
        self.env.flush_all()
        since, until = (fields.Datetime.now() + timedelta(days=days) for days in (days_from, days_to))
        self.env.cr.execute(self.env["cosmetics.member.event"]._get_event_query(since, until))
        return [row for row in self.env.cr.dictfetchall() if row["partner_id"] == self.member.id]

    def test_a_paid_receipt_is_an_event_of_the_store_and_the_clerk(self):
        order = self._sell()
        (event,) = self._events()
        self.assertEqual((event["kind"], event["origin_model"], event["origin_id"]), ("till_sale", "pos.order", order.id))
        self.assertEqual((event["store_id"], event["user_id"]), (self.store.id, order.user_id.id))
        self.assertEqual((event["happened_at"], event["product_ids"]), (order.date_order, [self.product.id]))

    def test_what_was_brought_back_whole_is_none_nor_is_the_return(self):
        order = self._sell(self._prepare_line(self.product, 2))
        self._return(order, {0: 1})
        self.assertEqual(len(self._events()), 1)
        self._return(order, {0: 1})
        self.assertEqual(self._events(), [])

    def test_a_receipt_that_is_not_paid_yet_is_none(self):
        self._sell(state="draft")
        self.assertEqual(self._events(), [])

    def test_the_bounds_hold(self):
        self._sell()
        self.assertEqual(self._events(-2, -1), [])

    def test_the_kind_has_a_name(self):
        self.assertIn("till_sale", dict(self.env["cosmetics.member.event"]._get_event_kinds()))
