"""Orders that arrived are events of members."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import PointsSalesCommon


@tagged("post_install", "-at_install")
class TestDeliveredOrders(PointsSalesCommon):
    def setUp(self):
        super().setUp()
        self.now = fields.Datetime.now()

    def _events(self, days_from=-1, days_to=1):
        """Return the events of the buyer within days of now, each as a dict."""
        self.env.flush_all()
        model = self.env["cosmetics.member.event"]
        since, until = (self.now + timedelta(days=days) for days in (days_from, days_to))
        self.env.cr.execute(model._get_event_query(since, until))
        rows = self.env.cr.dictfetchall()
        return [row for row in rows if row["partner_id"] == self.buyer.commercial_partner_id.id]

    def _order(self):
        order = self._create_web_order((self.cream, 1), (self.lotion, 2))
        order.action_confirm()
        return order

    def test_an_order_is_an_event_once_everything_was_handed_over(self):
        order = self._order()
        self.assertEqual(self._events(), [])
        self._deliver(order)
        (event,) = self._events()
        self.assertEqual((event["kind"], event["origin_model"], event["origin_id"]), ("delivered", "sale.order", order.id))
        self.assertEqual(event["happened_at"], max(order.sudo().picking_ids.mapped("date_done")))
        self.assertEqual((event["user_id"], event["company_id"]), (order.user_id.id or None, order.company_id.id))
        self.assertEqual(set(event["product_ids"]), {self.cream.id, self.lotion.id})

    def test_the_signature_goes_before_the_hand_over(self):
        order = self._order()
        self._deliver(order)
        picking = order.sudo().picking_ids[:1]
        carrier = self.env.ref("cosmetics_sales.carrier_shunfeng")
        vals = {"tracking_no": "SF1234567890123", "order_id": order.id, "picking_id": picking.id, "carrier_id": carrier.id}
        parcel = self.env["cosmetics.parcel"].sudo().create(vals)
        signed = self.now + timedelta(days=3)
        self.env.flush_all()
        # Only the carrier's answer writes the moment of the signature.
        self.env.cr.execute("UPDATE cosmetics_parcel SET signed_at = %s, state = 'signed' WHERE id = %s", (signed, parcel.id))
        self.assertEqual(self._events(), [], "not yet within these days")
        self.assertEqual([event["happened_at"] for event in self._events(2, 4)], [signed])

    def test_the_bounds_hold(self):
        self._deliver(self._order())
        self.assertEqual(self._events(-3, -1), [])
        self.assertEqual(self._events(1, 3), [])

    def test_the_kind_has_a_name(self):
        self.assertIn("delivered", dict(self.env["cosmetics.member.event"]._get_event_kinds()))
