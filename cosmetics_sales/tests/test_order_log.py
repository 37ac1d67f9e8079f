"""The log of many orders that are confirmed together says the same as that of one."""

from odoo.tests import tagged

from .common import SalesCommon


@tagged("post_install", "-at_install")
class TestOrderLog(SalesCommon):
    def _confirm(self, count, follower=None):
        """Return orders that the salesperson has confirmed in one go, their changes written out."""
        orders = self.env["sale.order"].union(*(self._create_order(self.product) for _number in range(count)))
        self.env.cr.flush()
        if follower:
            orders[:1].sudo().message_subscribe(follower.ids, subtype_ids=self.env.ref("sale.mt_order_confirmed").ids)
        known = orders.message_ids
        orders.action_confirm()
        self.env.cr.flush()
        return orders, orders.message_ids - known

    def _changes(self, messages):
        return [
            (
                message.author_id,
                sorted((row.field_id.name, row.old_value_char, row.new_value_char) for row in message.sudo().tracking_value_ids),
            )
            for message in messages.sorted("res_id")
            if message.sudo().tracking_value_ids
        ]

    def test_each_order_logs_its_own_changes(self):
        _single, one = self._confirm(1)
        orders, many = self._confirm(3)
        self.assertEqual(self._changes(many), 3 * self._changes(one))
        self.assertEqual(sorted(many.filtered(lambda row: row.sudo().tracking_value_ids).mapped("res_id")), sorted(orders.ids))

    def test_who_follows_an_order_hears_of_it(self):
        listener = self._create_user("test_log_listener").partner_id
        orders, messages = self._confirm(3, follower=listener)
        told = messages.filtered(lambda message: listener in message.sudo().notified_partner_ids)
        self.assertEqual((told.res_id, told.subtype_id), (orders[0].id, self.env.ref("sale.mt_order_confirmed")))

    def test_queries_of_the_log_hardly_grow(self):
        counts = []
        for number in (3, 13):
            orders = self.env["sale.order"].union(*(self._create_order(self.product) for _number in range(number)))
            self.env.cr.flush()
            self.env.invalidate_all()
            orders.action_quotation_sent()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.env.cr.flush()
            counts.append(self.env.cr.sql_log_count - before)
        # A message posted by itself takes eight.
        self.assertLess((counts[1] - counts[0]) / 10, 3, counts)

    def test_memo_by_rpc_silences_nothing(self):
        order = self._create_order(self.product)
        self.env.cr.flush()
        known = order.message_ids
        order.with_context(order_log_memo={"orders": [], "logs": {}}).action_confirm()
        self.env.cr.flush()
        self.assertTrue(self._changes(order.message_ids - known))
