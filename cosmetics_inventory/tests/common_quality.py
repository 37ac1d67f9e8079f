"""A central warehouse, two shops with their people, and a batch: what recalls, disposals and testers are tested on."""

from datetime import date

from freezegun import freeze_time
from odoo import Command, fields
from odoo.addons.cosmetics_base.tests.common import CosmeticsCommon

# A day on which the batches below are fresh; 02:00 UTC is 10:00 in China.
NOW = "2026-03-02 02:00:00"


class QualityCommon(CosmeticsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(cls._freeze_time())
        cls.supplier = cls.env.ref("stock.stock_location_suppliers")
        cls.customer = cls.env.ref("stock.stock_location_customers")
        cls.quality = cls._create_user("test_quality", "cosmetics_inventory.group_quality_manager", name="Quality Manager")
        cls.keeper = cls._create_user("test_quality_keeper", "cosmetics_inventory.group_warehouse_keeper", name="Keeper")
        cls.colleague = cls._create_user("test_quality_colleague", "cosmetics_inventory.group_warehouse_keeper", name="Colleague")
        cls.shop_user = cls._create_user("test_quality_shop", name="Shop Clerk")
        cls.centre = cls.env["stock.warehouse"].create({"name": "Quality Centre", "code": "QCEN"})
        cls.shop = cls.env["stock.warehouse"].create({"name": "Quality Shop", "code": "QSHO"})
        cls.store_centre = cls._create_store("Quality Centre", kind="warehouse", warehouse_id=cls.centre.id, manager_id=cls.keeper.id)
        cls.store = cls._create_store("Quality Shop", warehouse_id=cls.shop.id, manager_id=cls.shop_user.id)
        cls.colleague.store_ids = [Command.link(cls.store.id)]
        cls.stock, cls.shelf = cls.centre.lot_stock_id, cls.shop.lot_stock_id
        cls.product = cls._create_product(name="Recalled Cream", is_storable=True, standard_price=30.0, pao_months=6)
        cls.lot = cls._create_lot("R2601")

    @classmethod
    def _freeze_time(cls):
        return freeze_time(NOW)

    @classmethod
    def _create_lot(cls, name, product=None, expiration_on=date(2028, 12, 31), **vals):
        """Return a released batch that lasts long enough."""
        values = {"name": name, "product_id": (product or cls.product).id, "expiry_basis": "printed", "expiration_on": expiration_on}
        return cls.env["stock.lot"].create({**values, **vals})

    @classmethod
    def _move(cls, lot, source, target, quantity, partner=None, origin=None, is_inventory=False, picking_type=None):
        """Move goods at once, as the system, and return the move; with a partner as a transfer of its own."""
        goods = {"product_id": lot.product_id.id, "location_id": source.id, "location_dest_id": target.id}
        line = {**goods, "product_uom_id": lot.product_id.uom_id.id, "quantity": quantity, "lot_id": lot.id}
        values = {
            **goods,
            "company_id": (source.company_id or target.company_id or cls.env.company).id,
            "product_uom": lot.product_id.uom_id.id,
            "product_uom_qty": quantity,
            "is_inventory": is_inventory,
            "origin_returned_move_id": origin.id if origin else False,
            "move_line_ids": [Command.create(line)],
        }
        if picking_type:
            picking = {
                "picking_type_id": picking_type.id,
                "partner_id": partner.id if partner else False,
                "location_id": source.id,
                "location_dest_id": target.id,
            }
            values["picking_id"] = cls.env["stock.picking"].create(picking).id
        move = cls.env["stock.move"].create(values)
        move.picked = True
        move._action_done()
        # A receipt holds a batch until its inspection record is complete: these records are other tests' matter.
        if source.usage == "supplier" and lot.quality_state == "quarantine":
            lot._set_quality_state("released", "Inspected")
        return move

    @classmethod
    def _sell(cls, lot, quantity, partner=None, warehouse=None):
        """Deliver to a customer and return the move."""
        warehouse = warehouse or cls.centre
        return cls._move(lot, warehouse.lot_stock_id, cls.customer, quantity, partner, picking_type=warehouse.out_type_id)

    @classmethod
    def _order(cls, lot, quantity, partner):
        """Return a reserved, undelivered delivery."""
        picking = cls.env["stock.picking"].create(
            {
                "picking_type_id": cls.centre.out_type_id.id,
                "partner_id": partner.id,
                "location_id": cls.stock.id,
                "location_dest_id": cls.customer.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": lot.product_id.id,
                            "product_uom_qty": quantity,
                            "location_id": cls.stock.id,
                            "location_dest_id": cls.customer.id,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        picking.action_assign()
        return picking

    def _create_recall(self, lots=None, user=None, **vals):
        """Return a draft recall of these batches."""
        lots = self.lot if lots is None else lots
        values = {
            "reason": "Bacteria found",
            "recall_lot_ids": [Command.create({"lot_id": lot.id}) for lot in lots],
            **vals,
        }
        return self.env["cosmetics.recall"].with_user(user or self.quality).create(values)

    def _create_disposal(self, user=None, lot=None, quantity=1.0, location=None, **vals):
        """Return a draft disposal entered by the keeper, with the colleague as the witness."""
        line = {"product_id": (lot or self.lot).product_id.id, "lot_id": (lot or self.lot).id, "quantity": quantity}
        values = {
            "store_id": self.store_centre.id,
            "reason_id": self.env.ref("cosmetics_inventory.disposal_reason_damaged").id,
            "witness_id": self.colleague.id,
            "line_ids": [Command.create({**line, "location_id": (location or self.stock).id})],
            **vals,
        }
        return self.env["cosmetics.disposal"].with_user(user or self.keeper).create(values)

    def _on_hand(self, lot, location):
        """Return what lies in the location, reserved or not."""
        quants = self.env["stock.quant"].search([("lot_id", "=", lot.id), ("location_id", "=", location.id)])
        return sum(quants.mapped("quantity"))

    def _today(self):
        return fields.Date.to_date(NOW[:10])
