"""Batches near their expiry in a centre and two shops; who looks after them."""

from datetime import timedelta

from odoo import Command

from .common_quality import QualityCommon


class WatchCommon(QualityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env["stock.lot"]._get_china_today()
        cls.manager = cls._create_user("test_watch_manager", "cosmetics_inventory.group_warehouse_manager")
        cls.other_shop = cls.env["stock.warehouse"].create({"name": "Gaoxin", "code": "GAOX"})
        cls.other_store = cls._create_store("Gaoxin", warehouse_id=cls.other_shop.id)
        cls.colleague.store_ids = [Command.set(cls.store.ids)]
        cls.cream = cls._create_product(name="Watched Cream", is_storable=True, standard_price=30.0, list_price=100.0)

    @classmethod
    def _stock_lot(cls, name, days, quantity=10, warehouse=None, product=None, state=None):
        """Return a batch with this many days left, some of it in a warehouse (the shop unless given)."""
        lot = cls._create_lot(name, product or cls.cream, cls.today + timedelta(days=days))
        location = (warehouse or cls.shop).lot_stock_id
        cls.env["stock.quant"]._update_available_quantity(lot.product_id, location, quantity, lot_id=lot)
        if state:
            lot._set_quality_state(state, "Test")
        return lot

    @classmethod
    def _sell_fresh(cls, warehouse, quantity, product=None):
        """Sell goods of a fresh batch today."""
        lot = cls._stock_lot(f"SOLD-{warehouse.code}", 900, quantity, warehouse, product)
        cls._move(lot, warehouse.lot_stock_id, cls.customer, quantity)

    def _rows(self, lots=None, user=None):
        """Return the rows of batches as a user sees them, the warehouse manager unless given."""
        report = self.env["cosmetics.shelf.life.report"].with_user(user or self.manager)
        report.invalidate_model()
        return report.search([("lot_id", "in", lots.ids)] if lots else [("product_id", "=", self.cream.id)])
