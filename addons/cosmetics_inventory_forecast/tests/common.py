"""A shop with its own vendor, what it sold, and those who decide what it gets."""

from datetime import date, datetime, timedelta

# The forecast loads it when it is first needed; loaded while the clock is frozen, its C parts meet a strange `datetime` and crash.
import statsmodels.genmod.generalized_linear_model  # noqa: F401
from freezegun import freeze_time
from hypothesis import HealthCheck, settings
from odoo import Command
from odoo.addons.cosmetics_base.tests.common import CosmeticsCommon

# A Wednesday, far from any retail peak.
TODAY = date(2026, 9, 23)
MONDAY = date(2026, 9, 21)
# A busy machine makes no rule false.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
BUYER = "cosmetics_inventory_purchase.group_buyer"
APPROVER = "cosmetics_inventory_purchase.group_purchase_approver"
REQUESTER = "cosmetics_inventory_purchase.group_purchase_requester"
KEEPER = "cosmetics_inventory.group_warehouse_keeper"
WAREHOUSE_MANAGER = "cosmetics_inventory.group_warehouse_manager"


class ForecastCommon(CosmeticsCommon):
    """What other tests or the sample company left behind is put aside."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-09-23 04:00:00"))
        cls.Row = cls.env["cosmetics.replenishment"]
        cls.Week = cls.env["cosmetics.demand.week"]
        cls.Row.search([]).unlink()
        cls.env.cr.execute("DELETE FROM cosmetics_demand_week")
        cls.shop = cls.env["stock.warehouse"].create({"name": "Test Shop", "code": "TSHO"})
        cls.other = cls.env["stock.warehouse"].create({"name": "Test Other", "code": "TOTH"})
        cls.store = cls._create_store("Test Shop", warehouse_id=cls.shop.id)
        cls.other_store = cls._create_store("Test Other", warehouse_id=cls.other.id)
        cls.customer = cls.env.ref("stock.stock_location_customers")
        cls.vendor = cls.env["res.partner"].create({"name": "Test Vendor", "is_company": True})
        cls.buyer = cls._create_user("forecast_buyer", BUYER)
        cls.manager = cls._create_user("forecast_manager", APPROVER)
        cls.clerk = cls._create_user("forecast_clerk", REQUESTER)
        cls.stranger = cls._create_user("forecast_stranger", APPROVER)
        cls._assign_stores(cls.manager, cls.store)
        cls._assign_stores(cls.clerk, cls.store)
        cls._assign_stores(cls.stranger, cls.other_store)
        cls.company = cls.env.company
        cls.company.write(
            {
                "replenishment_service": 0.95,
                "replenishment_review_days": 7,
                "replenishment_cover_days": 28,
                "replenishment_transfer_days": 2,
                "replenishment_life_share": 0.6,
            }
        )
        cls.product = cls._create_ware("Test Lotion")

    @classmethod
    def _create_ware(cls, name, minimum=1, delay=7, price=20.0, **vals):
        """Return a product without a shelf life that the vendor delivers."""
        line = {"partner_id": cls.vendor.id, "min_qty": minimum, "price": price, "delay": delay}
        if not vals.get("cosmetic_kind"):
            vals |= {"cosmetic_kind": "other", "registration_no": False}
        values = {"name": name, "is_storable": True, "seller_ids": [Command.create(line)], **vals}
        product = cls._create_product(**values)
        product.supplier_taxes_id = [Command.clear()]
        return product

    @classmethod
    def _put(cls, product, warehouse, quantity, lot=None):
        cls.env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, quantity, lot_id=lot)

    @classmethod
    def _move(cls, product, source, target, quantity, day):
        """Move goods at noon (China) of a day."""
        move = cls.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom": product.uom_id.id,
                "product_uom_qty": quantity,
                "location_id": source.id,
                "location_dest_id": target.id,
            }
        )
        move._action_confirm()
        move.quantity = quantity
        move.picked = True
        move._action_done()
        moment = datetime.combine(day, datetime.min.time()) + timedelta(hours=4)
        move.date = moment
        move.move_line_ids.date = moment
        return move

    @classmethod
    def _sell(cls, product, warehouse, quantity, day):
        return cls._move(product, warehouse.lot_stock_id, cls.customer, quantity, day)

    @classmethod
    def _add_weeks(cls, product, warehouse, weekly, weeks=100):
        """Add weeks in which this many sold each, as the job would have written them."""
        cls.env.cr.execute(
            """
            INSERT INTO cosmetics_demand_week (product_id, warehouse_id, company_id, week_on, sold, open_days, demand)
                 SELECT %s, %s, %s, %s::date - 7 * number, %s, 7, %s FROM generate_series(1, %s) number
            """,
            (product.id, warehouse.id, warehouse.company_id.id, MONDAY, weekly, weekly, weeks),
        )

    def _suggest(self):
        """Run the part of the job that works out suggestions; return those of the test's products."""
        self.Row._suggest()
        return self.Row.search([("state", "=", "open")])
