"""Batches in stock and transfers for the tests of the shelf life rule."""

from datetime import timedelta

from odoo import Command

from .common import InventoryCommon


class MoveCommon(InventoryCommon):
    """A centre, a shop with a store, a gift and a tester location; batches of every state of one cream."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Who may change stock alone is another matter.
        cls.manager.group_ids += cls.env.ref("cosmetics_inventory.group_adjust_alone")
        cls.today = cls.env["stock.lot"]._get_china_today()
        cls.stock = cls.warehouse.lot_stock_id
        cls.shelf = cls.shop.lot_stock_id
        cls.store = cls._create_store(warehouse_id=cls.shop.id)
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.suppliers = cls.env.ref("stock.stock_location_suppliers")
        cls.transit = cls.warehouse.company_id.internal_transit_location_id
        cls.transit.active = True
        cls.gifts = cls._create_location("Gifts", "inventory", shelf_life_use="gift")
        cls.testers = cls._create_location("Testers", "inventory", shelf_life_use="tester")
        cls.loss = cls._create_location("Scrap", "inventory")
        cls.production = cls._create_location("Mixing", "production")
        cls.customer = cls.env["res.partner"].create({"name": "Test Customer"})
        cls.fresh = cls._create_lot("FRESH", 700)

    @classmethod
    def _create_location(cls, name, usage, **vals):
        return cls.env["stock.location"].create({"name": name, "usage": usage, "company_id": cls.env.company.id, **vals})

    @classmethod
    def _create_lot(cls, name, days, quantity=10, location=None, product=None, state=None):
        """Return a batch that can be used for `days` more days, `quantity` of it in the centre; `state` sets its quality."""
        product = product or cls.product
        lot = cls.env["stock.lot"].create(
            {"name": name, "product_id": product.id, "expiration_on": cls.today + timedelta(days=days), "expiry_basis": "printed"}
        )
        if quantity:
            cls.env["stock.quant"]._update_available_quantity(product, location or cls.stock, quantity, lot_id=lot)
        if state:
            lot._set_quality_state(state, "Test")
        return lot

    @classmethod
    def _create_blocked_lots(cls, location=None):
        """Return {code: batch} of every reason for which a batch may not be sold."""
        return {
            "expired": cls._create_lot("EXPIRED", -1, location=location),
            "stopped": cls._create_lot("STOPPED", 10, location=location),
            "quarantine": cls._create_lot("QUARANTINE", 690, location=location, state="quarantine"),
            "rejected": cls._create_lot("REJECTED", 680, location=location, state="rejected"),
            "recalled": cls._create_lot("RECALLED", 670, location=location, state="recalled"),
        }

    def _create_move(self, source, destination, lot=None, quantity=1.0, user=None, product=None, **vals):
        """Return a picked move of a keeper with one line, of the manager where goods are to vanish; nothing is done yet."""
        product = product or self.product
        vanishes = destination.usage == "inventory" and not destination.shelf_life_use
        picking_type = self.warehouse.int_type_id
        if destination.usage == "customer":
            picking_type = self.warehouse.out_type_id
        elif source.usage in ("supplier", "customer"):
            picking_type = self.warehouse.in_type_id
        picking = (
            self.env["stock.picking"]
            .with_user(user or (self.manager if vanishes else self.keeper))
            .create(
                {
                    "picking_type_id": picking_type.id,
                    "location_id": source.id,
                    "location_dest_id": destination.id,
                    "partner_id": self.customer.id,
                    "move_ids": [
                        Command.create(
                            {
                                "product_id": product.id,
                                "product_uom_qty": quantity,
                                "location_id": source.id,
                                "location_dest_id": destination.id,
                                **vals,
                            }
                        )
                    ],
                }
            )
        )
        move = picking.move_ids
        move._action_confirm(merge=False)
        line_vals = {**move._prepare_move_line_vals(), "quantity": quantity, "lot_id": lot.id if lot else False, "picked": True}
        move.move_line_ids = [Command.clear(), Command.create({**line_vals, "fefo_reason": "Test"})]
        return move

    def _create_order_move(self, quantity, location=None, destination=None, product=None, **vals):
        """Return a confirmed and reserved move to a customer, made like that of an order: nobody chose a batch."""
        product = product or self.product
        source = location or self.stock
        warehouse = source.warehouse_id
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": warehouse.out_type_id.id,
                "location_id": source.id,
                "location_dest_id": (destination or self.customers).id,
                "partner_id": self.customer.id,
            }
        )
        move = self.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom_qty": quantity,
                "picking_id": picking.id,
                "picking_type_id": warehouse.out_type_id.id,
                "location_id": source.id,
                "location_dest_id": (destination or self.customers).id,
                **vals,
            }
        )
        move._action_confirm(merge=False)
        move._action_assign()
        return move

    def _quantity(self, lot, location):
        """Return how much of a batch lies in a location."""
        quants = self.env["stock.quant"].search([("lot_id", "=", lot.id), ("location_id", "child_of", location.id)])
        return sum(quants.mapped("quantity"))
