"""Orders that are delivered and invoiced, and the people who handle what comes back."""

from freezegun import freeze_time
from odoo import Command

from .common import SalesCommon

NOW = "2026-11-23 04:00:00"  # noon in Xi'an


class AftersaleCommon(SalesCommon):
    """A clerk, a reviewer, a keeper, an accountant; a web shop and a marketplace; goods on stock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        # What a review may find in an order is not the matter here.
        cls.env["cosmetics.review.rule"].search([]).active = False
        cls.env["tier.definition"].search([("model", "=", "sale.order")]).active = False
        cls.keeper = cls._create_user("test_aftersale_keeper", "stock.group_stock_user")
        cls.reviewer = cls._create_user(
            "test_aftersale_reviewer", "cosmetics_sales.group_order_reviewer,cosmetics_sales.group_ecommerce_clerk"
        )
        cls.accountant = cls._create_user("test_aftersale_accountant", "account.group_account_invoice")
        cls.warehouse = cls.env["stock.warehouse"].create({"name": "Test Returns", "code": "TRET"})
        cls.web = cls.env["cosmetics.channel"].create(
            {"name": "Test Web Shop", "code": "TWEB", "kind": "web", "warehouse_id": cls.warehouse.id, "company_id": cls.env.company.id}
        )
        cls.market = cls.env["cosmetics.channel"].create(
            {
                "name": "Test Market",
                "code": "TMKT",
                "kind": "marketplace",
                "warehouse_id": cls.warehouse.id,
                "company_id": cls.env.company.id,
            }
        )
        cls.company = cls.env.company
        cls.company.aftersale_approval_amount = 500.0
        cls.tax = cls.env["account.tax"].create(
            {"name": "Test 13% incl.", "amount": 13.0, "price_include_override": "tax_included", "type_tax_use": "sale"}
        )
        # Goods without batches: what batches add is shown where batches are.
        cls.brush = cls._create_goods("Test Brush", 33.33)
        cls.mirror = cls._create_goods("Test Mirror", 50.0)
        cls.pouch = cls._create_goods("Test Pouch", 9.0)
        cls.freight = cls.env["product.product"].create(
            {"name": "Test Freight", "type": "service", "list_price": 10.0, "taxes_id": [Command.clear()]}
        )
        cls.mind = cls.env.ref("cosmetics_sales.aftersale_reason_mind")
        cls.buyer = cls.env["res.partner"].create({"name": "Test Buyer", "phone": "13800138000", "street": "Test Road 1", "city": "Xi'an"})

    @classmethod
    def _create_goods(cls, name, price, quantity=100):
        product = cls.env["product.product"].create(
            {"name": name, "is_storable": True, "list_price": price, "taxes_id": [Command.set(cls.tax.ids)], "invoice_policy": "delivery"}
        )
        cls.env["stock.quant"]._update_available_quantity(product, cls.warehouse.lot_stock_id, quantity)
        return product

    @classmethod
    def _create_sold(cls, *lines, channel=None, user=None, is_invoiced=True, is_delivered=True):
        """Return an order that is confirmed, delivered and invoiced; each line is (product, quantity, more values)."""
        order = cls.env["sale.order"].create(
            {
                "partner_id": cls.buyer.id,
                "channel_id": (channel or cls.web).id,
                "user_id": (user or cls.ecommerce_clerk).id,
                "warehouse_id": cls.warehouse.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": quantity, **(more[0] if more else {})})
                    for product, quantity, *more in lines
                ],
            }
        )
        order.channel_id = channel or cls.web
        order.action_confirm()
        if is_delivered:
            for picking in order.picking_ids:
                for move in picking.move_ids:
                    move.quantity = move.product_uom_qty
                    move.picked = True
                picking._action_done()
        if is_invoiced:
            order._create_invoices().action_post()
        return order

    @classmethod
    def _create_aftersale(cls, order, *lines, user=None, **vals):
        """Return a draft made by the clerk; each line is (order line, quantity) or (order line, quantity, more values)."""
        return (
            cls.env["cosmetics.aftersale"]
            .with_user(user or cls.ecommerce_clerk)
            .create(
                {
                    "order_id": order.id,
                    "kind": "return",
                    "reason_id": cls.mind.id,
                    "line_ids": [
                        Command.create({"order_line_id": line.id, "quantity": quantity, **(more[0] if more else {})})
                        for line, quantity, *more in lines
                    ],
                    **vals,
                }
            )
        )

    def _bring_back(self, aftersale, result="restock", seal="intact"):
        """Approve, book in and inspect, each as who does it."""
        aftersale.action_approve()
        self._receive(aftersale, result, seal)

    def _receive(self, aftersale, result="restock", seal="intact"):
        kept = aftersale.with_user(self.keeper)
        kept.action_receive_all()
        kept.line_ids.write({"seal_state": seal, "result": result, "is_batch_readable": True})
        kept.action_inspect()
