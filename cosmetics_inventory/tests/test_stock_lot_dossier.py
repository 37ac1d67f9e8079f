"""The dossier of a batch: every piece is accounted for."""

import importlib.util
from datetime import date
from pathlib import Path

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools.misc import file_path

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

    def test_every_way_out_and_in_still_ties_out(self):
        stock, shop, transit = self.warehouse.lot_stock_id, self.shop.lot_stock_id, self.env.company.internal_transit_location_id
        gift = self.env["stock.location"].create({"name": "Gifts", "usage": "inventory"})
        found = self.env["stock.location"].search([("usage", "=", "inventory"), ("id", "!=", gift.id)], limit=1)
        for source, target, quantity in (
            (shop, gift, 1),
            (found, shop, 2),
            (stock, transit, 3),
            (transit, shop, 1),
            (shop, self.customers, 4),
            (shop, stock, 1),
        ):
            self._move(source, target, quantity)
        dossier = self.lot._get_dossier()
        self.assertEqual((dossier["received"], dossier["gone"], dossier["left"], dossier["difference"]), (23, 15, 8, 0))
        places = {row["location"]: row["quantity"] for row in dossier["on_hand"]}
        self.assertEqual((places[stock], places[shop], places[transit]), (1, 5, 2))
        self.assertIn("Taken out: Gifts", [flow["label"] for flow in dossier["flows"]])
        shops = {row["warehouse"]: (row["received"], row["on_hand"]) for row in dossier["shops"]}
        self.assertEqual((shops[self.shop], shops[self.warehouse]), ((9, 5), (1, 1)), "what came by way of the transit counts as arrived")

    def test_second_supplier_and_correction_are_in_the_dossier(self):
        picking = self._receive(self.product, quantity=4, production_date=date(2026, 1, 15))
        picking.move_line_ids.quantity = 3
        dossier = self.lot._get_dossier()
        self.assertEqual((len(dossier["receipts"]), len(dossier["records"]), dossier["difference"]), (2, 3, 0))
        self.assertEqual(dossier["received"], 24)

    def test_dossier_of_a_batch_that_never_came_is_empty_and_ties_out(self):
        lot = self.env["stock.lot"].create({"name": "N1", "product_id": self.product.id, "production_date": date(2026, 1, 15)})
        dossier = lot.with_user(self.keeper)._get_dossier()
        self.assertEqual((dossier["flows"], dossier["on_hand"], dossier["received"], dossier["difference"]), ([], [], 0, 0))

    def test_difference_is_printed_as_a_sentence(self):
        self.env["stock.quant"]._update_available_quantity(self.product, self.shop.lot_stock_id, 2, lot_id=self.lot)
        self.assertIn("difference -2", self.lot._get_dossier()["balance"])


@tagged("post_install", "-at_install")
@freeze_time("2026-03-01 04:00:00")
class TestLotWarehouses(ReceivingCommon):
    """Batches of a database from before know their warehouses after the update."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._create_user("test_shop_employee")
        cls._assign_stores(cls.clerk, cls._create_store(warehouse_id=cls.shop.id))
        cls.record = cls.env["cosmetics.inspection.record"].search([("picking_id", "=", cls._receive(cls.product, warehouse=cls.shop).id)])
        cls.lot = cls.record.lot_id

    def _forget(self):
        """Leave the batch as it was before the app remembered anything."""
        self.lot.stocked_warehouse_ids = False
        self.env.flush_all()

    def _seen_by_clerk(self):
        self.env.invalidate_all()
        return self.env["cosmetics.inspection.record"].with_user(self.clerk).search([("id", "=", self.record.id)])

    def test_update_remembers_where_batches_arrived(self):
        self._forget()
        self.assertFalse(self._seen_by_clerk())
        self.env["stock.lot"]._complete_existing_lots()
        self.assertEqual((self.lot.stocked_warehouse_ids, self._seen_by_clerk()), (self.shop, self.record))

    def test_script_of_the_update_does_it_and_leaves_a_new_database_alone(self):
        script = Path(file_path("cosmetics_inventory/migrations/19.0.1.1.0/post-lot-dates.py"))
        spec = importlib.util.spec_from_file_location("post_lot_dates", script)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for version, expected in ((None, self.env["stock.warehouse"]), ("19.0.1.0.0", self.shop)):
            self._forget()
            module.migrate(self.cr, version)
            self.env.invalidate_all()
            self.assertEqual(self.lot.stocked_warehouse_ids, expected)

    def test_batch_that_has_left_is_remembered_too(self):
        places = {"location_id": self.shop.lot_stock_id.id, "location_dest_id": self.env.ref("stock.stock_location_customers").id}
        line = Command.create({"product_id": self.product.id, "lot_id": self.lot.id, "quantity": 10, **places})
        move = self.env["stock.move"].create({"product_id": self.product.id, "product_uom_qty": 10, "move_line_ids": [line], **places})
        move.picked = True
        move._action_done()
        self._forget()
        self.env["stock.lot"]._note_existing_warehouses()
        self.assertEqual(self.lot.stocked_warehouse_ids, self.shop)

    def test_stock_without_a_move_counts(self):
        self.env["stock.quant"]._update_available_quantity(self.product, self.warehouse.lot_stock_id, 2, lot_id=self.lot)
        self._forget()
        self.env["stock.lot"]._note_existing_warehouses()
        self.assertEqual(self.lot.stocked_warehouse_ids, self.shop + self.warehouse)

    def test_running_again_changes_nothing_and_planned_moves_do_not_count(self):
        places = {"location_id": self.shop.lot_stock_id.id, "location_dest_id": self.warehouse.lot_stock_id.id}
        line = Command.create({"product_id": self.product.id, "lot_id": self.lot.id, "quantity": 3, **places})
        self.env["stock.move"].create({"product_id": self.product.id, "product_uom_qty": 3, "move_line_ids": [line], **places})
        for _attempt in range(2):
            self.env["stock.lot"]._note_existing_warehouses()
            self.assertEqual(self.lot.stocked_warehouse_ids, self.shop)
