"""Batches, promises and orders for the tests of the module."""

from freezegun import freeze_time
from odoo import Command, fields
from odoo.addons.cosmetics_inventory.tests.common import InventoryCommon

# Noon in Xi'an. Near expiry are goods until 2027-05-23, clearance until 2027-02-23, stopped until 2027-01-07.
NOW = "2026-11-23 04:00:00"
FRESH, NEAR, CLEARANCE, STOPPED, EXPIRED = "2029-02-28", "2027-04-30", "2027-02-10", "2027-01-02", "2026-11-22"


class InventorySalesCommon(InventoryCommon):
    """A salesperson, an e-commerce clerk, a keeper, a customer with a promise of 180 days, and one without."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        cls.salesperson = cls._create_user("test_sales", "cosmetics_sales.group_salesperson")
        cls.clerk = cls._create_user("test_ecommerce", "cosmetics_sales.group_ecommerce_clerk")
        # Approvals of discounts, amounts and presents, and where goods come from, are other subjects.
        cls.env["cosmetics.allocation.rule"].search([]).active = False
        cls.env.ref("cosmetics_sales.review_rule_free").active = False
        cls.env["tier.definition"].search([]).active = False
        address = {"street": "1 Test Road", "city_id": cls.env.ref("l10n_cn_xian.district_610113").city_id.id, "phone": "13912345678"}
        cls.customer = cls.env["res.partner"].create({"name": "Test Chain Store", "is_company": True, "lang": "en_US", **address})
        cls.branch = cls.env["res.partner"].create({"name": "Test Branch", "parent_id": cls.customer.id, "type": "delivery", **address})
        cls.anyone = cls.env["res.partner"].create({"name": "Test Small Shop", "is_company": True, "lang": "en_US", **address})
        cls.promise = cls._create_promise(partner_id=cls.customer.id, min_days=180)
        cls.band_near = cls.env.ref("cosmetics_inventory.band_near")
        cls.band_clearance = cls.env.ref("cosmetics_inventory.band_clearance")
        cls.band_stop = cls.env.ref("cosmetics_inventory.band_stop")
        cls.band_near.markdown_percent = 30
        cls.cream = cls._create_product(name="Test Cream", is_storable=True, standard_price=40.0, taxes_id=[Command.clear()])

    @classmethod
    def _create_promise(cls, **vals):
        return cls.env["cosmetics.shelf.life.promise"].create({"name": "Test Promise", **vals})

    @classmethod
    def _create_batch(cls, name, expiration_on, quantity=0, product=None, location=None):
        """Return a batch that is on stock in the central warehouse."""
        product = product or cls.cream
        lot = cls.env["stock.lot"].create(
            {"name": name, "product_id": product.id, "expiry_basis": "printed", "expiration_on": fields.Date.to_date(expiration_on)}
        )
        if quantity:
            cls.env["stock.quant"]._update_available_quantity(product, location or cls.warehouse.lot_stock_id, quantity, lot_id=lot)
        return lot

    @classmethod
    def _create_order(cls, *lines, partner=None, user=None, **vals):
        """Return a quotation; each line is (product, quantity) or (product, quantity, more values)."""
        partner = partner or cls.customer
        return (
            cls.env["sale.order"]
            .with_user(user or cls.salesperson)
            .create(
                {
                    "partner_id": partner.id,
                    "warehouse_id": cls.warehouse.id,
                    "order_line": [
                        Command.create({"product_id": product.id, "product_uom_qty": quantity, **(more[0] if more else {})})
                        for product, quantity, *more in lines
                    ],
                    **vals,
                }
            )
        )

    def _deliver(self, picking, user=None):
        """Validate a transfer as the keeper, with what is reserved, and say yes to core's questions; return the backorder."""
        picking = picking.with_user(user or self.keeper)
        for move in picking.move_ids:
            move.picked = True
        picking.with_context(skip_backorder=True, skip_expired=True).button_validate()
        return picking.backorder_ids

    def _reserved(self, order):
        """Return {name of the batch: quantity} of what is reserved or delivered to the customer."""
        lines = order.sudo().picking_ids.move_line_ids.filtered(lambda line: line.state != "cancel")
        return {lot.name: sum(lines.filtered(lambda line, lot=lot: line.lot_id == lot).mapped("quantity")) for lot in lines.lot_id}
