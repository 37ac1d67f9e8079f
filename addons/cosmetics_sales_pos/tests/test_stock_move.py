"""The clerk sells goods that are kept by batch, without rights in the warehouse."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TillCommon


@tagged("post_install", "-at_install")
class TestStockMove(TillCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cream = cls._create_till_product(name="Batch Sponge", cosmetic_kind="other", tracking="lot", is_storable=True)
        cls.lots = cls.env["stock.lot"].create([{"name": name, "product_id": cls.cream.id} for name in ("B-1", "B-2")])
        cls.shelf = cls.till.picking_type_id.default_location_src_id
        for lot in cls.lots:
            cls.env["stock.quant"]._update_available_quantity(cls.cream, cls.shelf, 5, lot_id=lot)

    def _on_hand(self):
        quants = self.env["stock.quant"].search([("product_id", "=", self.cream.id), ("location_id", "=", self.shelf.id)])
        return {quant.lot_id.name: quant.quantity for quant in quants}

    def _prepare_batch_sale(self, quantity, batch):
        return self._prepare_sale(self.cream, quantity=quantity, pack_lot_ids=[Command.create({"lot_name": batch})])

    def test_clerk_sells_the_batch_she_chose(self):
        order = self._send(self._prepare_batch_sale(2, "B-2"))
        self.assertEqual(order.state, "paid")
        self.assertEqual(order.picking_ids.mapped("state"), ["done"])
        self.assertEqual(order.picking_ids.move_line_ids.lot_id, self.lots[1])
        self.assertEqual(self._on_hand(), {"B-1": 5, "B-2": 3})

    def test_clerk_takes_a_batch_back(self):
        self._send(self._prepare_batch_sale(2, "B-1"))
        self._send(self._prepare_batch_sale(-1, "B-1"))
        self.assertEqual(self._on_hand(), {"B-1": 4, "B-2": 5})

    def test_clerk_still_has_no_rights_in_the_warehouse(self):
        with self.assertRaises(AccessError):
            self.lots.with_user(self.clerk).write({"name": "B-3"})
