"""Approval nodes are data: amount, department, kind, and who answers."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import ExpenseCommon


@tagged("post_install", "-at_install")
class TestNodes(ExpenseCommon):
    def _create_node(self, **vals):
        """Return a node of a person, made by the accountant."""
        nodes = self._as(self.env["cosmetics.expense.node"], self.accountant)
        return nodes.create({"name": "Test", "approver": "user", "user_id": self.second.id, "sequence": 5, **vals})

    def _names(self, claim):
        return claim.approval_ids.mapped("name")

    def test_node_of_a_kind_asks_for_that_kind(self):
        self._create_node(product_ids=self.meals.ids)
        self.assertEqual(self._names(self._submit()), ["Manager"])
        self.assertEqual(self._names(self._submit(expense={"product_id": self.meals.id})), ["Test", "Manager"])

    def test_node_of_a_department_asks_for_those_below_too(self):
        shops, shop = self.env["hr.department"].create([{"name": name, "company_id": self.company.id} for name in ("Shops", "Shop")])
        shop.parent_id = shops
        self._create_node(department_ids=shops.ids)
        self.assertEqual(self._names(self._submit()), ["Manager"])
        self.employee.department_id = shop
        self.assertEqual(self._names(self._submit()), ["Test", "Manager"])

    def test_nodes_are_asked_in_their_order(self):
        self._create_node(sequence=30)
        claim = self._submit()
        self.assertEqual(claim._get_asked().name, "Manager")
        self._as(claim, self.manager).action_approve()
        self.assertEqual(claim._get_asked().name, "Test")

    def test_node_of_another_company_does_not_ask(self):
        node = self._create_node(sequence=30)
        node.sudo().company_id = self.env["res.company"].create({"name": "Other Books"})
        self.assertEqual(self._names(self._submit()), ["Manager"])

    def test_answer_keeps_the_name_of_a_node_that_is_gone(self):
        node = self._create_node()
        claim = self._submit()
        node.unlink()
        self.assertEqual(self._names(claim), ["Test", "Manager"])

    def test_node_needs_somebody(self):
        with self.assertRaisesRegex(ValidationError, "who answers"):
            self._create_node(user_id=False)
        with self.assertRaisesRegex(ValidationError, "who answers"):
            self._create_node(approver="group")

    def test_employee_changes_no_node(self):
        with self.assertRaises(AccessError):
            self._as(self._get_nodes(), self.clerk).write({"amount_above": 10**9})
