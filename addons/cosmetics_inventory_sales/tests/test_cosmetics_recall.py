"""A recall finds the buyers of orders."""

from odoo import Command
from odoo.tests import tagged

from .common import FRESH, InventorySalesCommon


@tagged("post_install", "-at_install")
class TestCosmeticsRecall(InventorySalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls._create_batch("FRESH-1", FRESH, 32)
        cls.quality = cls._create_user("test_quality", "cosmetics_inventory.group_quality_manager")

    def _rows(self):
        return self.env["cosmetics.recall"].with_user(self.quality)._get_buyer_rows(self.lot)

    def test_delivery_of_an_order_is_shown_as_the_order_and_once(self):
        order = self._create_order((self.cream, 5), (self.cream, 2, {"price_unit": 0}), partner_shipping_id=self.branch.id)
        order.action_confirm()
        picking = order.picking_ids
        self._deliver(picking)
        (row,) = self._rows()
        self.assertEqual((row["kind"], row["quantity"], row["picking_id"]), ("order", 7, picking.id))
        self.assertEqual(
            (row["order_id"], row["partner_id"], row["contact_id"], row["ordered_at"]),
            (order.id, self.customer.id, self.branch.id, order.date_order),
        )
        self.assertEqual(row["document"], f"{order.name} / {picking.name}")

    def test_order_delivered_in_two_parts_is_two_rows_that_add_up(self):
        order = self._create_order((self.cream, 40))
        order.action_confirm()
        rest = self._deliver(order.picking_ids)
        self._create_quantity(20)
        rest.action_assign()
        self._deliver(rest)
        self.assertEqual([row["quantity"] for row in self._rows()], [32, 8])

    def test_delivery_without_an_order_stays_a_delivery(self):
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.out_type_id.id,
                "location_id": self.warehouse.lot_stock_id.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id,
                "partner_id": self.anyone.id,
            }
        )
        self.env["stock.move"].create(
            {
                "product_id": self.cream.id,
                "product_uom_qty": 3,
                "picking_id": picking.id,
                "location_id": picking.location_id.id,
                "location_dest_id": picking.location_dest_id.id,
            }
        )
        picking.action_confirm()
        self._deliver(picking)
        (row,) = self._rows()
        self.assertEqual((row["kind"], row["partner_id"], row["document"]), ("delivery", self.anyone.id, picking.name))

    def test_list_of_the_recall_keeps_the_order(self):
        order = self._create_order((self.cream, 5))
        order.action_confirm()
        self._deliver(order.picking_ids)
        values = {"reason": "Bacteria found", "source": "regulator", "recall_lot_ids": [Command.create({"lot_id": self.lot.id})]}
        recall = self.env["cosmetics.recall"].with_user(self.quality).create(values)
        recall.action_refresh_buyers()
        line = recall.line_ids
        self.assertEqual((line.kind, line.order_id, line.ordered_at, line.quantity), ("order", order, order.date_order, 5))

    def _create_quantity(self, quantity):
        self.env["stock.quant"]._update_available_quantity(self.cream, self.warehouse.lot_stock_id, quantity, lot_id=self.lot)
