"""A shop with a clerk and a manager, a purchasing manager, and documents that wait for them."""

from odoo import Command

from .common import PurchaseCommon

REQUEST, ORDER = "purchase.request", "purchase.order"


class ApprovalCommon(PurchaseCommon):
    """Only the approval nodes of a test are active."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        module = "cosmetics_inventory_purchase"
        cls.env["tier.definition"].search([("model", "in", (REQUEST, ORDER))]).active = False
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.env.company.id)], limit=1)
        cls.shop_stock = cls.env["stock.warehouse"].create({"name": "Test Shop", "code": "TSHOP"})
        cls.shop = cls._create_store(warehouse_id=cls.shop_stock.id)
        cls.clerk = cls._create_user("test_purchase_clerk", f"{module}.group_purchase_requester")
        cls.manager = cls._create_user("test_purchase_shop_manager", f"{module}.group_purchase_approver", email="shop@example.com")
        cls.chief = cls._create_user(
            "test_purchase_chief", f"{module}.group_buyer,purchase.group_purchase_manager", email="chief@example.com"
        )
        cls.stranger = cls._create_user("test_purchase_other_manager", f"{module}.group_purchase_approver", email="other@example.com")
        cls._assign_stores(cls.clerk, cls.shop)
        cls._assign_stores(cls.manager, cls.shop)
        cls._assign_stores(cls.stranger, cls._create_store("Other Shop"))
        cls.second = cls._create_product(name="Test Serum", is_storable=True, standard_price=50)
        cls.product.standard_price = 20
        cls.product.supplier_taxes_id = cls.second.supplier_taxes_id = [Command.clear()]
        cls.other_vendor = cls.env["res.partner"].create({"name": "Other Vendor", "is_company": True})

    @classmethod
    def _create_node(cls, model, group="group_purchase_approver", **vals):
        name = group if "." in group else f"cosmetics_inventory_purchase.{group}"
        return cls.env["tier.definition"].create(
            {
                "name": "Test Node",
                "model_id": cls.env["ir.model"]._get_id(model),
                "review_type": "group",
                "reviewer_group_id": cls.env.ref(name).id,
                "approve_sequence": True,
                "exclude_requester": True,
                "company_id": False,
                **vals,
            }
        )

    @classmethod
    def _create_request(cls, *lines, user=None, **vals):
        """Return a request of the clerk; ``lines`` are pairs (product, quantity)."""
        lines = [Command.create({"product_id": product.id, "product_qty": quantity}) for product, quantity in lines or ((cls.product, 10),)]
        return cls.env[REQUEST].with_user(user or cls.clerk).create({"line_ids": lines, **vals})

    @classmethod
    def _create_large_order(cls, quantity=100):
        """Return an order of two lines, 30 and 40 apiece, for the shop."""
        order = cls._create_order(cls.product, quantity)
        order.write(
            {
                "picking_type_id": cls.shop_stock.in_type_id.id,
                "order_line": [Command.create({"product_id": cls.second.id, "product_qty": 5, "price_unit": 40})],
            }
        )
        return order

    def _approved_order(self):
        """Return an order that the chief approved."""
        order = self._create_large_order()
        order.action_approval_request()
        order.with_user(self.chief).action_approval_give()
        self.assertTrue(self._is_approved(order))
        return order

    def _approved_request(self):
        request = self._create_request()
        request.action_approval_request()
        request.with_user(self.manager).action_approval_give()
        self.assertEqual(request.state, "approved")
        return request

    def _is_approved(self, document):
        """Tell if every approval that the document needs is given for what it is now, and if the screen says the same."""
        self.env.flush_all()
        self.env.invalidate_all()
        missing = document._get_missing_nodes()[document]
        if document.state in document._states_open:
            self.assertEqual(bool(document.approval_note), bool(missing))
        return not missing
