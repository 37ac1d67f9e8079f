"""Warehouses, goods and orders for the tests of the allocation."""

from odoo import Command

from .common import SalesCommon


class AllocationCommon(SalesCommon):
    """A centre in 未央区 that supplies two shops, in 雁塔区 and 碑林区; a buyer in 雁塔区; one rule of the company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reviewer = cls._create_user("test_reviewer", "cosmetics_sales.group_order_reviewer")
        cls.centre = cls._create_warehouse("Test Centre", "TCEN", "610112")
        cls.yanta = cls._create_warehouse("Yanta Shop", "TYAN", "610113", resupply_wh_ids=[Command.set(cls.centre.ids)])
        cls.beilin = cls._create_warehouse("Beilin Shop", "TBEI", "610103", resupply_wh_ids=[Command.set(cls.centre.ids)])
        cls.customer.write({"state_id": cls.env.ref("base.state_cn_SN").id, "city_id": cls._city("610113").id})
        cls.cream = cls._create_product(
            name="Test Cream", cosmetic_kind="other", is_storable=True, invoice_policy="delivery", taxes_id=[Command.clear()]
        )
        cls.mask = cls._create_product(name="Test Mask", cosmetic_kind="other", is_storable=True, taxes_id=[Command.clear()])
        cls.rule = cls.env["cosmetics.allocation.rule"].create({"name": "Test Rule"})
        cls.channel = cls.env.ref("cosmetics_sales.channel_wholesale")
        cls.channel.user_id = cls.ecommerce_clerk

    @classmethod
    def _city(cls, code):
        return cls.env.ref(f"l10n_cn_xian.district_{code}").city_id

    @classmethod
    def _create_warehouse(cls, name, code, district, **vals):
        partner = cls.env["res.partner"].create({"name": name, "country_id": cls.env.ref("base.cn").id, "city_id": cls._city(district).id})
        return cls.env["stock.warehouse"].create({"name": name, "code": code, "partner_id": partner.id, **vals})

    @classmethod
    def _stock(cls, product, **quantities):
        """Put goods into warehouses named by attribute, e.g. centre=5."""
        for name, quantity in quantities.items():
            cls.env["stock.quant"]._update_available_quantity(product, getattr(cls, name).lot_stock_id, quantity)

    @classmethod
    def _order(cls, *lines, user=None, **vals):
        orders = cls.env["sale.order"].with_user(user or cls.salesperson)
        return orders.create(
            {
                "partner_id": cls.customer.id,
                "channel_id": cls.channel.id,
                "order_line": [Command.create({"product_id": product.id, "product_uom_qty": quantity}) for product, quantity in lines],
                **vals,
            }
        )

    def _given(self, order):
        """Return {warehouse: {product: quantity}} of the deliveries that are not cancelled."""
        given = {}
        for move in order.sudo().picking_ids.move_ids.filtered(lambda move: move.state != "cancel"):
            place = given.setdefault(move.location_id.warehouse_id, {})
            place[move.product_id] = place.get(move.product_id, 0) + move.product_uom_qty
        return given

    def _deliver(self, picking):
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()

    def _confirm_short(self, order):
        """Confirm an order whose goods are missing, as it was done before there was any rule."""
        rules = self.env["cosmetics.allocation.rule"].search([])
        rules.active = False
        order.action_confirm()
        rules.active = True

    def _run_job(self):
        """Run the job the way the scheduler does."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("cosmetics_sales.ir_cron_reallocate").method_direct_trigger()
        self.env.invalidate_all()

    def _activities(self, order):
        kind = self.env.ref("cosmetics_sales.mail_activity_waiting_goods")
        return order.sudo().activity_ids.filtered(lambda activity: activity.activity_type_id == kind)
