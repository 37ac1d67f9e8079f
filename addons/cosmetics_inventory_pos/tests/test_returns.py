"""What comes back at a till is what went out, batch by batch."""

from odoo.tests import tagged

from .common import TillBatchCommon


@tagged("post_install", "-at_install")
class TestReturns(TillBatchCommon):
    def _refund(self, order, quantity, *batches):
        return self._prepare_ticket(-quantity, *batches, refunded_orderline_id=order.lines[0].id)

    def _resolve(self, order, **vals):
        wizard = self.env["cosmetics.till.exception.resolution"].with_user(self.manager)
        wizard.create({"exception_id": self._exceptions(order).id, **vals}).action_confirm()

    def test_line_of_two_batches_brings_back_each_its_own_pieces(self):
        order = self._send(self._prepare_ticket(7))
        self._send(self._refund(order, 7, "OLD", "NEW"))
        self.assertEqual(self._on_hand(), {"OLD": 5, "NEW": 5, "DEAD": 5})

    def test_line_of_two_batches_comes_back_in_parts(self):
        order = self._send(self._prepare_ticket(7))
        self._send(self._refund(order, 4))
        self.assertEqual(self._on_hand(), {"OLD": 4, "NEW": 3, "DEAD": 5})
        self._send(self._join(self._refund(order, 2), self._refund(order, 1)))
        self.assertEqual(self._on_hand(), {"OLD": 5, "NEW": 5, "DEAD": 5})

    def test_named_batch_of_a_line_of_two_comes_back(self):
        order = self._send(self._prepare_ticket(7))
        self._send(self._refund(order, 1, "NEW"))
        self.assertEqual(self._on_hand(), {"NEW": 4, "DEAD": 5})

    def test_exchange_on_one_ticket_moves_both_ways(self):
        order = self._send(self._prepare_ticket(1, "NEW"))
        exchange = self._send(self._join(self._refund(order, 1, "NEW"), self._prepare_ticket(1, "OLD")))
        self.assertEqual(self._on_hand(), {"OLD": 4, "NEW": 5, "DEAD": 5})
        self.assertEqual(set(exchange.picking_ids.mapped("state")), {"done"})

    def test_return_of_an_expired_batch_comes_back_and_is_not_sold_again(self):
        self._send(self._prepare_ticket(-1, "DEAD"))
        self.assertEqual(self._on_hand()["DEAD"], 6)
        self._send(self._prepare_ticket(1))
        self.assertEqual(self._on_hand(), {"OLD": 4, "NEW": 5, "DEAD": 6})

    def test_return_of_goods_that_never_left_adds_nothing(self):
        order = self._send(self._prepare_ticket(1, "DEAD"))
        back = self._send(self._refund(order, 1, "DEAD"))
        self.assertEqual(self._exceptions(back).code, "unsold")
        self.assertEqual(self._on_hand(), {"OLD": 5, "NEW": 5, "DEAD": 5})
        self._resolve(order, resolution="returned")
        self._resolve(back, resolution="returned")
        self.assertEqual(self._on_hand(), {"OLD": 5, "NEW": 5, "DEAD": 5})

    def test_return_brings_back_the_batch_the_manager_booked_out(self):
        order = self._send(self._prepare_ticket(1, "DEAD"))
        self._resolve(order, lot_id=self.new.id)
        self._send(self._refund(order, 1, "DEAD"))
        self.assertEqual(self._on_hand(), {"OLD": 5, "NEW": 5, "DEAD": 5})

    def test_sale_and_its_return_moved_together_at_closing(self):
        self.env.company.point_of_sale_update_stock_quantities = "closing"
        order = self._send(self._prepare_ticket(1, "DEAD"))
        back = self._send(self._refund(order, 1, "DEAD"))
        order.session_id.with_user(self.manager).action_pos_session_closing_control()
        self.assertEqual(self._exceptions(order + back).mapped("code"), ["expired", "unsold"])
        self.assertEqual(self._on_hand()["DEAD"], 5)
