"""A recall finds who bought at a till."""

from odoo.tests import tagged

from .common import TillBatchCommon


@tagged("post_install", "-at_install")
class TestCosmeticsRecall(TillBatchCommon):
    def _rows(self, lots=None):
        return self.env["cosmetics.recall"]._get_buyer_rows(lots or self.old)

    def test_member_is_named_and_others_are_known_by_shop_and_time(self):
        member = self.env["res.partner"].create({"name": "Test Member"})
        known = self._prepare_ticket(1, "OLD")
        known["partner_id"] = member.id
        orders = self._send(known, self._prepare_ticket(2, "OLD"))
        rows = {row["res_id"]: row for row in self._rows()}
        self.assertEqual(set(rows), set(orders.ids))
        first, second = rows[orders[0].id], rows[orders[1].id]
        self.assertEqual((first["kind"], first["partner_id"], first["quantity"], first["res_model"]), ("till", member.id, 1, "pos.order"))
        self.assertEqual((second["partner_id"], second["quantity"], second["store_id"]), (False, 2, self.store.id))
        self.assertEqual(second["at"], orders[1].date_order)

    def test_other_batches_are_left_out(self):
        self._send(self._prepare_ticket(1, "NEW"))
        self.assertFalse(self._rows())

    def test_sales_moved_at_closing_are_named_one_by_one(self):
        self.env.company.point_of_sale_update_stock_quantities = "closing"
        orders = self._send(self._prepare_ticket(2, "OLD"), self._prepare_ticket(1, "OLD"))
        orders.session_id.with_user(self.manager).action_pos_session_closing_control()
        rows = self._rows()
        self.assertEqual([(row["res_id"], row["quantity"]) for row in rows], [(orders[0].id, 2), (orders[1].id, 1)])

    def test_sale_that_waits_for_the_manager_is_on_the_list(self):
        """Sold offline after the recall: the goods have not left the books, but the customer has them."""
        order = self._send(self._prepare_ticket(1, "DEAD"))
        rows = self._rows(self.dead)
        self.assertEqual([(row["kind"], row["res_id"], row["quantity"]) for row in rows], [("till", order.id, 1)])

    def test_refund_names_the_sale(self):
        order = self._send(self._prepare_ticket(2, "OLD"))
        self._send(self._prepare_ticket(-1, "OLD", refunded_orderline_id=order.lines.id))
        returned = self.env["cosmetics.recall"]._get_return_rows(self.old)
        self.assertEqual([(row["picking_id"], row["quantity"]) for row in returned], [(order.picking_ids.id, 1)])

    def test_resolved_sale_is_on_the_list_of_the_batch_that_went(self):
        order = self._send(self._prepare_ticket(1, "DEAD"))
        wizard = self.env["cosmetics.till.exception.resolution"].with_user(self.manager)
        wizard.create({"exception_id": self._exceptions(order).id, "lot_id": self.old.id}).action_confirm()
        self.assertFalse(self._rows(self.dead))
        self.assertEqual([(row["kind"], row["res_id"], row["quantity"]) for row in self._rows()], [("till", order.id, 1)])

    def test_refund_is_no_sale(self):
        self._send(self._prepare_ticket(-1, "OLD"))
        self.assertFalse(self._rows())
