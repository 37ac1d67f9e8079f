"""An approval of an order holds exactly as long as what was approved is what stands, whatever path a change takes."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo import Command
from odoo.tests import tagged

from .common_approval import ORDER, ApprovalCommon

SOME = settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
AMOUNT = st.sampled_from((1, 3, 5, 30, 40, 100))
STEP = st.one_of(
    st.tuples(st.just("line"), st.sampled_from(("price_unit", "product_qty", "discount")), AMOUNT),
    st.tuples(st.just("product"), st.just(""), st.booleans()),
    st.tuples(st.just("unit"), st.just(""), st.booleans()),
    st.tuples(st.just("vendor"), st.just(""), st.booleans()),
    st.tuples(st.just("warehouse"), st.just(""), st.booleans()),
    st.tuples(st.just("command"), st.sampled_from(("create", "update", "delete", "note")), AMOUNT),
    st.tuples(st.just("load"), st.sampled_from(("price_unit", "product_qty")), AMOUNT),
    st.tuples(st.just("harmless"), st.sampled_from(("partner_ref", "origin", "note")), AMOUNT),
    st.tuples(st.just("merge"), st.just(""), AMOUNT),
    st.tuples(st.just("cancel"), st.just(""), AMOUNT),
)


@tagged("post_install", "-at_install")
class TestApprovalHolds(ApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_node(ORDER, "purchase.group_purchase_manager")
        cls.dozen = cls.env["uom.uom"].create({"name": "Test Dozen", "relative_factor": 12, "relative_uom_id": cls.product.uom_id.id})

    def _seen(self, order):
        """Return what an approver sees, read past everything the approval itself knows."""
        self.env.flush_all()
        self.env.invalidate_all()
        lines = sorted(
            (line.product_id.id, line.product_uom_id.id, line.product_qty, line.price_unit, line.discount)
            for line in order.order_line.filtered("product_id")
        )
        return order.partner_id.id, order.picking_type_id.id, lines

    def _take_step(self, order, step):
        """Change the order as the buyer; tell if the step ends an approval even where nothing else changed."""
        kind, name, value = step
        line = order.order_line.filtered("product_id")[:1]
        steps = {
            "line": lambda: line.write({name: value}),
            "product": lambda: line.write({"product_id": (self.second if value else self.product).id}),
            "unit": lambda: line.write({"product_uom_id": (self.dozen if value else self.product.uom_id).id}),
            "load": lambda: self.assertFalse(line.load([".id", name], [[str(line.id), value]])["messages"]),
            "vendor": lambda: order.write({"partner_id": (self.other_vendor if value else self.vendor).id}),
            "warehouse": lambda: order.write({"picking_type_id": (self.warehouse if value else self.shop_stock).in_type_id.id}),
            "harmless": lambda: order.write({name: f"{value}"}),
            "merge": lambda: self._merge(order, value),
            "cancel": lambda: (order.button_cancel(), order.button_draft()),
            "command": lambda: self._write_command(order, line, name, value),
        }
        if line or kind not in ("line", "product", "unit", "load"):
            steps[kind]()
        return kind == "cancel"

    def _merge(self, order, quantity):
        other = self._create_order(self.product, quantity)
        other.write({"partner_id": order.partner_id.id, "picking_type_id": order.picking_type_id.id})
        (order | other).action_merge()

    def _write_command(self, order, line, name, value):
        commands = {
            "create": lambda: Command.create({"product_id": self.second.id, "product_qty": value, "price_unit": 40}),
            "update": lambda: Command.update(line.id, {"product_qty": value}),
            "delete": lambda: Command.delete(line.id),
            "note": lambda: Command.create({"display_type": "line_note", "name": f"Note {value}", "product_qty": 0}),
        }
        if line or name in ("create", "note"):
            order.write({"order_line": [commands[name]()]})

    @SOME
    @given(st.lists(STEP, min_size=1, max_size=5))
    def test_no_change_of_price_quantity_vendor_line_or_product_keeps_the_approval(self, steps):
        with self.cr.savepoint() as point:
            order = self._approved_order()
            approved, stands = self._seen(order), True
            for step in steps:
                ended = self._take_step(order, step)
                stands = stands and not ended and self._seen(order) == approved
                self.assertEqual(self._is_approved(order), stands, step)
            point.rollback()
            self.env.invalidate_all()

    def test_every_field_of_a_line_that_is_approved_takes_the_approval_back(self):
        tax = self.env["account.tax"].create({"name": "Test Tax", "amount": 13, "type_tax_use": "purchase"})
        changes = {
            "price_unit": 99.0,
            "product_qty": 99,
            "discount": 1.0,
            "product_id": self.second.id,
            "product_uom_id": self.dozen.id,
            "tax_ids": [Command.set(tax.ids)],
        }
        for name, value in changes.items():
            with self.subTest(name):
                order = self._approved_order()
                order.order_line[0].write({name: value})
                self.assertFalse(self._is_approved(order))
                self.assertFalse(order.sudo().review_ids.filtered(lambda tier: tier.status == "approved"))

    def test_lines_changed_by_themselves_take_the_approval_back(self):
        def move(order):
            order.order_line[0].order_id = self._create_order(self.product)

        def take(order):
            self._create_order(self.product).order_line.order_id = order

        changes = {
            "removed": lambda order: order.order_line[0].unlink(),
            "copied": lambda order: order.order_line[0].copy({"order_id": order.id}),
            "moved away": move,
            "taken over": take,
            "by a colleague": lambda order: order.order_line[0].with_user(self.chief).write({"price_unit": 1}),
            "by the system": lambda order: order.order_line[0].sudo().write({"price_unit": 1}),
        }
        for name, change in changes.items():
            with self.subTest(name):
                order = self._approved_order()
                change(order)
                self.assertFalse(self._is_approved(order))

    def test_approver_does_not_approve_what_changed_meanwhile(self):
        order = self._create_large_order()
        order.action_approval_request()
        order.order_line[0].product_qty = 500
        self.assertFalse(order.with_user(self.chief).can_approve)
        self.assertFalse(self._is_approved(order))
