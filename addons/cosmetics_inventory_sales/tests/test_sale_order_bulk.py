"""Many orders at once leave the same rows as one after the other, with queries that do not grow with their number."""

from odoo import Command
from odoo.addons.cosmetics_base.tools.memo import Memo
from odoo.tests import tagged

from .common import FRESH, NEAR, InventorySalesCommon


@tagged("post_install", "-at_install")
class TestSaleOrderBulk(InventorySalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cosmetics.allocation.rule"].create({"name": "Test Rule"})
        cls.lotion = cls._create_product(name="Test Lotion", is_storable=True)
        for product in (cls.cream, cls.lotion):
            # 2027-04-30 breaks the promise of 180 days on 2026-11-23, for one customer only.
            cls._create_batch("NEAR", NEAR, 15, product=product)
            cls._create_batch("FRESH", FRESH, 400, product=product)

    def _create_orders(self, count, start=0):
        """Return quotations: every third for the customer with a promise, quantities in turn."""
        orders = [
            self._create_order(
                (self.cream, 1 + number % 3), (self.lotion, 2), (self.cream, 1), partner=self.customer if number % 3 == 0 else self.anyone
            )
            for number in range(start, start + count)
        ]
        return self.env["sale.order"].with_user(self.salesperson).browse([order.id for order in orders])

    def _rows(self, orders):
        """Return what each order has become: state, transfers, moves, batches and the note of where the transfer comes from."""
        return [self._row(order) for order in orders.sudo()]

    def _row(self, order):
        pickings = order.picking_ids
        notes = pickings.message_ids.filtered(lambda note: order.name in note.body)
        own = [(picking.origin == order.name, picking.reference_ids == order.stock_reference_ids) for picking in pickings]
        return (
            order.state,
            [(picking.state, picking.partner_id.id) for picking in pickings],
            own,
            sorted((move.sale_line_id.order_id == order, move.product_id.name, move.state, move.quantity) for move in pickings.move_ids),
            sorted((line.product_id.name, line.lot_id.name, line.quantity, line.is_batch_proposed) for line in pickings.move_line_ids),
            [(note.subtype_id.id, note.author_id.id, note.message_type) for note in notes],
        )

    def test_bulk_leaves_the_same_rows_as_one_by_one(self):
        point = self.env.cr.savepoint()
        plain = self._create_orders(7)
        for order in plain:
            order.action_confirm()
        expected, stock = self._rows(plain), self._stock()
        point.rollback()
        point.close(rollback=True)
        self.env.invalidate_all()
        done, refused = self._create_orders(7)._confirm_in_bulk()
        self.assertEqual(refused, {})
        self.assertEqual(self._rows(done), expected)
        self.assertEqual(self._stock(), stock)
        self.assertTrue(all(len(row[1]) == 1 and row[5] for row in expected))

    def _stock(self):
        quants = self.env["stock.quant"].search(
            [("product_id", "in", (self.cream + self.lotion).ids), ("location_id.usage", "=", "internal")]
        )
        return sorted((quant.product_id.name, quant.lot_id.name, quant.quantity, quant.reserved_quantity) for quant in quants)

    def test_what_is_reserved_together_is_never_more_than_there_is(self):
        orders = self._create_orders(30)
        self.env["stock.quant"].search([("lot_id.name", "=", "FRESH"), ("product_id", "=", self.cream.id)]).sudo().write({"quantity": 20})
        done, refused = orders._confirm_in_bulk()
        quants = self.env["stock.quant"].search([("product_id", "=", self.cream.id), ("location_id", "=", self.warehouse.lot_stock_id.id)])
        moves = done.sudo().picking_ids.move_ids.filtered(lambda move: move.product_id == self.cream)
        self.assertEqual(sum(quants.mapped("reserved_quantity")), sum(moves.mapped("quantity")))
        self.assertTrue(31 < sum(moves.mapped("quantity")) <= 35, "an order asks for four at most")
        self.assertEqual(set(moves.mapped("state")), {"assigned"})
        self.assertEqual(set((orders - done).mapped("allocation_state")), {"waiting"})
        self.assertEqual(set(refused), set(orders - done))

    def test_refused_order_holds_up_nobody(self):
        orders = self._create_orders(9)
        orders[4].action_cancel()
        done, refused = orders._confirm_in_bulk(size=5)
        self.assertEqual(done, orders - orders[4])
        self.assertEqual(list(refused), [orders[4]])
        self.assertEqual(refused[orders[4]], orders[4]._confirmation_error_message())
        self.assertEqual(set((orders - orders[4]).mapped("state")), {"sale"})

    def test_queries_do_not_grow_with_the_orders(self):
        self._create_orders(2)._confirm_in_bulk()
        counts = []
        for count in (10, 30):
            orders = self._create_orders(count)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            orders._confirm_in_bulk()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        # One order more costs a number from the sequence and what core asks order by order.
        self.assertLess((counts[1] - counts[0]) / 20, 18, counts)

    def test_queries_of_a_delivery_among_many(self):
        counts = []
        for count in (10, 30):
            done, _refused = self._create_orders(count)._confirm_in_bulk()
            pickings = done.sudo().picking_ids.with_user(self.keeper)
            pickings.move_ids.picked = True
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            pickings._action_done()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(set(pickings.mapped("state")), {"done"})
        # Core reads each order's lines, notes and references by themselves, and locks once a line: a dozen of the 85 it asks one by one.
        self.assertLess((counts[1] - counts[0]) / 20, 14, counts)

    def test_second_delivery_of_one_order_joins_its_open_transfer(self):
        done, _refused = self._create_orders(2)._confirm_in_bulk()
        order = done[0]
        order.write({"order_line": [Command.create({"product_id": self.lotion.id, "product_uom_qty": 1})]})
        self.assertEqual(len(order.sudo().picking_ids), 1)

    def test_memo_from_outside_is_none(self):
        orders = self.env["sale.order"].with_context(pricelist_memo={"a": 1})
        self.assertIsNone(Memo.of(orders.env, "pricelist_memo"))
