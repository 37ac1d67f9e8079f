"""Batches of cosmetics for the tests of dates, bands and quality."""

from odoo import Command, fields

from .common import InventoryCommon

# 16:00 UTC is midnight in China: noon of 2026-11-24 there.
NOON = "2026-11-24 04:00:00"
moment = fields.Datetime.to_datetime


class LotCommon(InventoryCommon):
    """A cream that keeps for 36 months, a sponge outside the rules, and a quality manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quality_manager = cls._create_user("test_quality", "cosmetics_inventory.group_quality_manager")
        cls.cream = cls._create_product(name="Test Cream", is_storable=True, shelf_life_months=36)
        cls.sponge = cls._create_product(
            name="Test Sponge", is_storable=True, cosmetic_kind="other", tracking="lot", use_expiration_date=True, expiration_time=100
        )
        cls.bands = {band.code: band for band in cls.env["cosmetics.shelf.life.band"].search([("company_id", "=", False)])}

    @classmethod
    def _create_lot(cls, name="B1", product=None, user=None, **vals):
        """Return a new batch of the cream, made by the keeper unless another user is given."""
        lots = cls.env["stock.lot"].with_user(user or cls.keeper)
        return lots.create({"name": name, "product_id": (product or cls.cream).id, **vals})

    @classmethod
    def _put_in_stock(cls, lots, quantity=5):
        """Put batches on the shelf without a document."""
        for lot in lots:
            cls.env["stock.quant"]._update_available_quantity(lot.product_id, cls.warehouse.lot_stock_id, quantity, lot_id=lot)

    @classmethod
    def _move(cls, lot):
        """Leave a done move of a batch behind, as a receipt does."""
        values = {
            "product_id": lot.product_id.id,
            "location_id": cls.env.ref("stock.stock_location_suppliers").id,
            "location_dest_id": cls.warehouse.lot_stock_id.id,
        }
        line = Command.create({**values, "lot_id": lot.id, "quantity": 5, "product_uom_id": lot.product_id.uom_id.id})
        move = cls.env["stock.move"].create({**values, "product_uom_qty": 5, "move_line_ids": [line]})
        move.picked = True
        move._action_done()
        return move

    def _run_daily_job(self):
        """Run the job of the bands the way the scheduler does."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("cosmetics_inventory.ir_cron_update_bands").method_direct_trigger()
        self.env.invalidate_all()

    def _log(self, lot, kind):
        """Return the log entries of one kind about a batch."""
        return self.env["cosmetics.shelf.life.log"].search([("lot_res_id", "=", lot.id), ("kind", "=", kind)])
