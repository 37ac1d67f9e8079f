from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import approval

APPROVERS = [("manager", "Manager of the Employee"), ("user", "A Person"), ("group", "A Role")]


class ResUsers(models.Model):
    _inherit = "res.users"

    def _filter_of_company(self, company):
        """Return those of these users who work in a company."""
        return self.filtered(lambda user: user.active and company in user.company_ids)


class CosmeticsExpenseNode(models.Model):
    """A step of the approval of expense claims, as data: which claims have to pass it, and who answers."""

    _name = "cosmetics.expense.node"
    _description = "Approval Node of Expenses"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: for every company.")
    amount_above = fields.Float(string="Above", digits=(16, 2), help="Asks for claims above this amount; 0: for every claim.")
    department_ids = fields.Many2many("hr.department", string="Departments", help="With all below them. Empty: every department.")
    product_ids = fields.Many2many(
        "product.product",
        string="Kinds of Expenses",
        domain=[("can_be_expensed", "=", True)],
        help="Asks when one of these is on the claim. Empty: every kind.",
    )
    approver = fields.Selection(APPROVERS, required=True, default="manager")
    user_id = fields.Many2one("res.users", string="Person", domain=[("share", "=", False)], index="btree_not_null")
    group_id = fields.Many2one("res.groups", string="Role")

    @api.constrains("approver", "user_id", "group_id")
    def _check_approver(self):
        for node in self:
            if (node.approver == "user" and not node.user_id) or (node.approver == "group" and not node.group_id):
                raise ValidationError(self.env._("Say who answers at %s: choose the person or the role.", node.name))

    def _filter_for(self, company, facts):
        """Return the nodes that a claim of a company has to pass (``facts``: :class:`tools.approval.Facts`)."""
        return self.filtered(
            lambda node: (
                node.company_id in (company, self.env["res.company"])
                and approval.applies(
                    approval.Node(node.amount_above, frozenset(node.department_ids.ids), frozenset(node.product_ids.ids)), facts
                )
            )
        )

    def _get_approvers(self, employee):
        """Return the users who may answer at this node for an employee; for who has no manager the role of the last resort does."""
        self.ensure_one()
        if self.approver == "user":
            return self.user_id
        if self.approver == "group":
            return self.group_id.all_user_ids.filtered(lambda user: user.active and not user.share)
        manager = employee.expense_manager_id or employee.parent_id.user_id or employee.department_id.manager_id.user_id
        return (manager - employee.user_id) or self._get_last_resort()

    @api.model
    def _get_last_resort(self):
        """Return the users who approve for employees without a manager, and for managers without one."""
        return self.env.ref("cosmetics_finance_expense.group_expense_approver").all_user_ids.filtered("active")
