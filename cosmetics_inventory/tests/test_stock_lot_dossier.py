"""The dossier of a batch: every piece is accounted for."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .receiving_common import ReceivingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-01 04:00:00")
class TestLotDossier(ReceivingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls._receive(cls.product, quantity=20, production_date=date(2026, 1, 15))
        cls.lot = cls.env["stock.lot"].search([("product_id", "=", cls.product.id)])
        stock = cls.warehouse.lot_stock_id
        cls._move(stock, cls.shop.lot_stock_id, 8)
        cls._move(stock, cls.customers, 5)
        cls._move(cls.customers, stock, 1)
        cls._move(stock, cls.supplier_location, 2)
        cls._move(stock, cls.env["stock.location"].search([("usage", "=", "inventory")], limit=1), 3)

    @classmethod
    def _move(cls, source, target, quantity):
        places = {"location_id": source.id, "location_dest_id": target.id}
        move = cls.env["stock.move"].create(
            {
                "product_id": cls.product.id,
                "product_uom_qty": quantity,
                **places,
                "move_line_ids": [Command.create({"product_id": cls.product.id, "lot_id": cls.lot.id, "quantity": quantity, **places})],
            }
        )
        move.picked = True
        move._action_done()

    def test_sums_tie_out(self):
        dossier = self.lot.with_user(self.keeper)._get_dossier()
        flows = {(flow["direction"], flow["kind"].split()[0]): flow["quantity"] for flow in dossier["flows"]}
        self.assertEqual(
            flows,
            {("in", "supplier"): 20, ("in", "customer"): 1, ("out", "customer"): 5, ("out", "supplier"): 2, ("out", "inventory"): 3},
        )
        self.assertEqual((dossier["received"], dossier["gone"], dossier["left"], dossier["difference"]), (21, 10, 11, 0))

    def test_shops_show_what_arrived_and_what_is_left(self):
        shops = {row["warehouse"]: (row["received"], row["on_hand"]) for row in self.lot._get_dossier()["shops"]}
        self.assertEqual(shops[self.shop], (8, 8))

    def test_difference_is_told(self):
        self.env["stock.quant"]._update_available_quantity(self.product, self.shop.lot_stock_id, 2, lot_id=self.lot)
        self.assertEqual(self.lot._get_dossier()["difference"], -2)

    def test_supplier_papers_and_records_are_in_it(self):
        dossier = self.lot._get_dossier()
        self.assertEqual((dossier["papers"], len(dossier["records"]), len(dossier["receipts"])), (self.licence, 1, 1))

    def test_keeper_prints_it(self):
        action = self.lot.with_user(self.keeper).action_print_dossier()
        html = self.env["ir.actions.report"].with_user(self.keeper)._render_qweb_html(action["report_name"], self.lot.ids)[0].decode()
        for text in ("Test Supplier", "A1", "Test Shop", "To customers", "the sums tie out"):
            self.assertIn(text, html)

    def test_strangers_do_not(self):
        with self.assertRaises(AccessError):
            self.lot.with_user(self._create_user("test_stranger")).action_print_dossier()
