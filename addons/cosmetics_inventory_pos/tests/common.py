"""A shop with a till and batches of different ages, for the tests of the module."""

from datetime import timedelta

from odoo import Command, fields
from odoo.addons.cosmetics_inventory.tools import shelf_life
from odoo.addons.cosmetics_sales_pos.tests.common import TillCommon


class TillBatchCommon(TillCommon):
    """One cream in three batches: "OLD" expires first, "NEW" last, "DEAD" is expired."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = shelf_life.china_day(fields.Datetime.now())
        cls.store.warehouse_id = cls.till.warehouse_id
        cls.shelf = cls.till.picking_type_id.default_location_src_id
        cls.cream = cls._create_till_product(name="Batch Cream", is_storable=True)
        cls.old = cls._create_batch("OLD", 400, 5)
        cls.new = cls._create_batch("NEW", 800, 5)
        cls.dead = cls._create_batch("DEAD", -1, 5)

    @classmethod
    def _create_batch(cls, name, days, quantity=0, product=None, location=None):
        """Return a batch that expires so many days from today, with this quantity on the shelf."""
        product = product or cls.cream
        lot = cls.env["stock.lot"].create(
            {"name": name, "product_id": product.id, "expiry_basis": "printed", "expiration_on": cls.today + timedelta(days=days)}
        )
        if quantity:
            cls.env["stock.quant"]._update_available_quantity(product, location or cls.shelf, quantity, lot_id=lot)
        return lot

    def _prepare_ticket(self, quantity, *batches, product=None, **line_vals):
        """Return a sale of the cream under these batches (names), as the till sends it."""
        packs = [Command.create({"lot_name": name}) for name in batches]
        return self._prepare_sale(product or self.cream, quantity=quantity, pack_lot_ids=packs, **line_vals)

    def _join(self, *sales):
        """Return one sale with the lines of all."""
        first, *rest = sales
        for sale in rest:
            first["lines"] += sale["lines"]
            first["amount_total"] += sale["amount_total"]
            first["amount_paid"] += sale["amount_paid"]
            first["payment_ids"][0][2]["amount"] += sale["payment_ids"][0][2]["amount"]
        return first

    def _on_hand(self, product=None):
        """Return the pieces of each batch on the shelf."""
        quants = self.env["stock.quant"].search(
            [("product_id", "=", (product or self.cream).id), ("location_id", "child_of", self.shelf.id), ("quantity", "!=", 0)]
        )
        return {quant.lot_id.name: quant.quantity for quant in quants}

    def _exceptions(self, orders=None):
        domain = [("order_id", "in", orders.ids)] if orders else []
        return self.env["cosmetics.till.exception"].search(domain, order="id")
