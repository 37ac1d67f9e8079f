"""A cream of 30.00 that sells for 100.00: by invoice and at the till."""

from datetime import timedelta

from odoo import Command, fields
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day
from odoo.addons.cosmetics_sales_pos.tests.common import TillCommon


class ProfitCommon(TillCommon):
    """Twenty creams of two batches in the warehouse of the shop; a member of a tier; an accountant and a reader of the books."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Where goods come from, and which orders somebody looks at first, are other subjects.
        cls.env["cosmetics.allocation.rule"].search([]).active = False
        cls.env["cosmetics.review.rule"].search([]).active = False
        cls.env["tier.definition"].search([("model", "=", "sale.order")]).active = False
        cls.company = cls.env.company
        cls.today = china_day(fields.Datetime.now())
        cls.accountant = cls._create_user("test_profit_accountant", "cosmetics_finance.group_accountant")
        cls.reader = cls._create_user("test_profit_reader", "account.group_account_readonly")
        cls.store.warehouse_id = cls.till.warehouse_id
        cls.shelf = cls.till.picking_type_id.default_location_src_id
        cls.brand = cls._create_brand("Profit Brand")
        cls.cream = cls._create_till_product(
            name="Profit Cream", is_storable=True, standard_price=30.0, brand_id=cls.brand.id, invoice_policy="order"
        )
        cls.lot = cls._stock(cls.cream, "P1", 10)
        cls.tier = cls.env["cosmetics.member.tier"].search([], limit=1)
        cls.member = cls.env["res.partner"].create({"name": "Test Member", "member_tier_id": cls.tier.id})

    @classmethod
    def _stock(cls, product, name, quantity):
        """Return a batch that lies on the shelf."""
        lot = cls.env["stock.lot"].create(
            {"name": name, "product_id": product.id, "expiry_basis": "printed", "expiration_on": cls.today + timedelta(days=800)}
        )
        cls.env["stock.quant"]._update_available_quantity(product, cls.shelf, quantity, lot_id=lot)
        return lot

    @classmethod
    def _sell(cls, *lines, deliver=True, **vals):
        """Return a confirmed and delivered order of (product, quantity, {more values}) lines."""
        values = [
            Command.create({"product_id": product.id, "product_uom_qty": quantity, "price_unit": 100, "tax_ids": [Command.clear()], **more})
            for product, quantity, more in lines
        ]
        order = cls.env["sale.order"].create(
            {"partner_id": cls.member.id, "warehouse_id": cls.till.warehouse_id.id, "order_line": values, **vals}
        )
        order.action_confirm()
        if deliver:
            cls._deliver(order)
        return order

    @classmethod
    def _deliver(cls, order):
        picking = order.picking_ids
        picking.action_assign()
        picking.move_ids.picked = True
        picking._action_done()

    def _invoice(self, order, post=True):
        """Return the invoice of an order, posted by the accountant."""
        invoice = order._create_invoices()
        if post:
            invoice.with_user(self.accountant).action_post()
        return invoice

    def _profit(self, product=None, **dimensions):
        """Return {measure: sum, without zeros} of a product as the accountant sees it."""
        names = ("quantity", "discount", "revenue", "cost", "fee", "used", "lost", "profit")
        domain = [("product_id", "=", (product or self.cream).id), *((name, "=", value.id) for name, value in dimensions.items())]
        self.env.flush_all()
        rows = self.env["cosmetics.profit"].with_user(self.accountant)._read_group(domain, [], [f"{name}:sum" for name in names])
        return {name: round(value, 2) for name, value in zip(names, rows[0], strict=True) if value and round(value, 2)}

    @classmethod
    def _create_reward(cls, **vals):
        """Return the reward of a coupon program."""
        reward = Command.create({"reward_type": "discount", "discount": 10})
        return (
            cls.env["loyalty.program"]
            .create({"name": "Profit Coupon", "program_type": "coupons", "reward_ids": [reward], **vals})
            .reward_ids
        )
