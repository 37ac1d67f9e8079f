"""Sellers, a customer and orders for the tests of the app."""

from odoo import Command
from odoo.addons.cosmetics_base.tests.common import CosmeticsCommon


class SalesCommon(CosmeticsCommon):
    """A salesperson, an e-commerce clerk and a wholesale customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Where goods come from is another subject (common_allocation.py): orders leave from their own warehouse, whatever lies there.
        cls.env["cosmetics.allocation.rule"].search([]).active = False
        cls.salesperson = cls._create_user("test_sales", "cosmetics_sales.group_salesperson")
        cls.colleague = cls._create_user("test_sales_2", "cosmetics_sales.group_salesperson")
        cls.ecommerce_clerk = cls._create_user("test_ecommerce", "cosmetics_sales.group_ecommerce_clerk")
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Test Wholesale Customer",
                "is_company": True,
                "street": "1 Test Road",
                "city_id": cls.env.ref("l10n_cn_xian.district_610113").city_id.id,
                "phone": "13912345678",
            }
        )
        cls.product = cls._create_product()
        cls.delisted = cls._create_product(name="Old Serum", lifecycle_stage_id=cls.stage_delisted.id)

    @classmethod
    def _create_order(cls, product, quantity=2, user=None):
        """Return a quotation of one line, made by the salesperson."""
        orders = cls.env["sale.order"].with_user(user or cls.salesperson)
        return orders.create(
            {
                "partner_id": cls.customer.id,
                "order_line": [Command.create({"product_id": product.id, "product_uom_qty": quantity})],
            }
        )
