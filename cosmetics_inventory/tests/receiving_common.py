"""Suppliers with papers, receipts and their batches, for the tests of receiving."""

from datetime import date

from odoo import Command

from .common import InventoryCommon

TODAY = date(2026, 3, 1)


class ReceivingCommon(InventoryCommon):
    """A supplier whose licence is on file, a keeper and a quality manager, and a day on which all is done."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quality = cls._create_user("test_quality", "cosmetics_inventory.group_quality_manager")
        cls.supplier_location = cls.env.ref("stock.stock_location_suppliers")
        cls.supplier = cls.env["res.partner"].create(
            {"name": "Test Supplier", "is_company": True, "street": "1 Gaoxin Road", "city": "Xi'an", "phone": "029-88880000"}
        )
        cls.licence = cls._create_paper()

    @classmethod
    def _create_paper(cls, **vals):
        """Return a supplier paper: a long-term business licence unless `vals` say otherwise."""
        return cls.env["cosmetics.supplier.document"].create(
            {"partner_id": cls.supplier.id, "kind": "business_licence", "is_long_term": True, "company_id": False, **vals}
        )

    @classmethod
    def _create_receipt(cls, *wanted, user=None, warehouse=None, partner=None):
        """Return a confirmed receipt for (product, quantity) pairs, made by the keeper."""
        warehouse = warehouse or cls.warehouse
        places = {"location_id": cls.supplier_location.id, "location_dest_id": warehouse.lot_stock_id.id}
        picking = (
            cls.env["stock.picking"]
            .with_user(user or cls.keeper)
            .create(
                {
                    "picking_type_id": warehouse.in_type_id.id,
                    "partner_id": (cls.supplier if partner is None else partner).id,
                    **places,
                    "move_ids": [
                        Command.create({"product_id": product.id, "product_uom_qty": quantity, **places}) for product, quantity in wanted
                    ],
                }
            )
        )
        picking.action_confirm()
        return picking

    @classmethod
    def _set_batch(cls, picking, batch="A1", **vals):
        """Give all lines of a receipt a batch, made today unless `vals` give other dates."""
        dates = {} if vals.keys() & {"production_date", "expiration_on"} else {"production_date": TODAY}
        picking.move_line_ids.write({"lot_name": batch, **dates, **vals})

    @classmethod
    def _receive(cls, product, quantity=10, batch="A1", user=None, warehouse=None, partner=None, **vals):
        """Return the done receipt of one batch, received by the keeper."""
        picking = cls._create_receipt((product, quantity), user=user, warehouse=warehouse, partner=partner)
        cls._set_batch(picking, batch, **vals)
        picking.button_validate()
        return picking

    def _records(self, picking):
        """Return the inspection records of a receipt, all of them."""
        return self.env["cosmetics.inspection.record"].search([("picking_id", "=", picking.id)], order="id")

    def _lot(self, product, name="A1"):
        return self.env["stock.lot"].search([("product_id", "=", product.id), ("name", "=", name)])
