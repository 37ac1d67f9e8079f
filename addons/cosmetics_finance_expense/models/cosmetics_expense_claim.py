"""Expense claims: what an employee has paid for the company, on one paper."""

import hashlib
from decimal import Decimal

from odoo import api, fields, models
from odoo.addons.cosmetics_finance.tools.voucher import in_capitals
from odoo.exceptions import AccessError, UserError, ValidationError

from ..tools import approval

APPROVAL_STATES = [("draft", "Draft"), ("submitted", "Waiting"), ("approved", "Approved"), ("refused", "Refused")]
STATES = [*APPROVAL_STATES[:3], ("posted", "Posted"), ("paid", "Paid"), APPROVAL_STATES[3]]
# What only the buttons set.
KEPT = frozenset({"name", "state", "approval_state", "approval_ids", "submitted_by_id", "submitted_at"})
# Of the claim itself: what an approver has seen.
SEEN = frozenset({"employee_id", "company_id", "store_id", "expense_ids", "note", "attachment_ids"})


class CosmeticsExpenseClaim(models.Model):
    """Expenses of one employee (费用报销单). Its approvals hold for what was approved: a change of it takes them back."""

    _name = "cosmetics.expense.claim"
    _description = "Expense Claim"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        index=True,
        check_company=True,
        domain=[("filter_for_expense", "=", True)],
        default=lambda self: self.env.user.employee_id,
    )
    user_id = fields.Many2one(
        "res.users", string="User of the Employee", related="employee_id.user_id", store=True, related_sudo=True, index=True
    )
    department_id = fields.Many2one("hr.department", related="employee_id.department_id", store=True, related_sudo=True)
    store_id = fields.Many2one(
        "cosmetics.store", string="Shop", check_company=True, index="btree_not_null", default=lambda self: self._default_store_id()
    )
    note = fields.Char(string="What For", required=True, help="What the money was spent for, e.g. Training in Shanghai in May.")
    expense_ids = fields.One2many("hr.expense", "claim_id", string="Expenses")
    amount = fields.Monetary(compute="_compute_amount", store=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Photos of Invoices", copy=False)
    paper_count = fields.Integer(string="Papers", compute="_compute_paper_count", help="Papers of the claim and its expenses.")
    approval_ids = fields.One2many("cosmetics.expense.approval", "claim_id", string="Approvals", readonly=True, copy=False)
    approval_state = fields.Selection(APPROVAL_STATES, required=True, default="draft", readonly=True, copy=False)
    state = fields.Selection(
        STATES, string="Status", compute="_compute_state", store=True, readonly=True, index=True, tracking=True, copy=False
    )
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    submitted_at = fields.Datetime(readonly=True, copy=False)
    can_answer = fields.Boolean(compute="_compute_can_answer", search="_search_can_answer", help="An approval of it waits for you.")
    waits_for = fields.Char(compute="_compute_waits_for", help="Who is asked now.")
    budget_note = fields.Char(string="Budget", compute="_compute_budget_note", help="What the budget leaves with this claim in it.")

    @api.model
    def _default_store_id(self):
        """Return the shop of who works in one alone."""
        stores = self.env.user.store_ids
        return stores if len(stores) == 1 else stores.browse()

    @api.depends("expense_ids.total_amount")
    def _compute_amount(self):
        for claim in self:
            claim.amount = sum(claim.expense_ids.mapped("total_amount"))

    @api.depends("attachment_ids", "expense_ids")
    def _compute_paper_count(self):
        for claim in self:
            claim.paper_count = len(claim.attachment_ids) + sum(claim.expense_ids.mapped("nb_attachment"))

    @api.depends("approval_state", "expense_ids.state")
    def _compute_state(self):
        for claim in self:
            states = set(claim.expense_ids.mapped("state"))
            claim.state = claim.approval_state
            if claim.approval_state == "approved" and states and not states - {"posted", "in_payment", "paid"}:
                claim.state = "posted" if "posted" in states else "paid"

    @api.depends("approval_ids.state", "approval_state")
    @api.depends_context("uid")
    def _compute_can_answer(self):
        for claim in self:
            claim.can_answer = bool(claim._get_my_approval())

    @api.model
    def _search_can_answer(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        claims = self.search([("approval_state", "=", "submitted"), ("approval_ids.approver_ids", "in", self.env.uid)])
        return [("id", "in", claims.filtered("can_answer").ids)]

    @api.depends("approval_ids.state", "approval_state")
    def _compute_waits_for(self):
        for claim in self:
            asked = claim._get_asked()
            claim.waits_for = f"{asked.name}: {', '.join(asked.sudo().approver_ids.mapped('name'))}" if asked else False

    @api.depends("expense_ids.total_amount", "expense_ids.account_id", "expense_ids.date", "store_id", "approval_state")
    @api.depends_context("lang")
    def _compute_budget_note(self):
        budgets = self.env["cosmetics.budget"]
        for claim in self:
            pieces = claim.expense_ids._prepare_budget_pieces() if claim.state in ("draft", "submitted", "approved") else []
            # A draft is not in the figures yet.
            claim.budget_note = budgets._describe_pieces(pieces, is_counted=claim.approval_state in ("submitted", "approved")) or False

    # ------------------------------------------------------------------ checks
    @api.constrains("employee_id", "company_id", "expense_ids")
    def _check_expenses(self):
        for claim in self:
            if claim.expense_ids.employee_id - claim.employee_id:
                raise ValidationError(self.env._("A claim holds the expenses of one employee. Make another claim for the others."))
            if any(expense.payment_mode != "own_account" for expense in claim.expense_ids):
                raise ValidationError(self.env._("A claim holds what the employee has paid. What the company paid is a bill."))
            if claim.expense_ids.company_id - claim.company_id:
                raise ValidationError(self.env._("The expenses of a claim belong to its company."))

    @api.constrains("employee_id")
    def _check_own(self):
        """Whoever is no accountant claims for himself alone."""
        if self.env.su or self.env.user.has_group("cosmetics_finance.group_accountant"):
            return
        if any(claim.sudo().user_id != self.env.user for claim in self):
            raise ValidationError(
                self.env._("Enter your own expenses only. Those of others are entered by themselves or by the accountant.")
            )

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | (KEPT - {"name"})

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_kept(vals)
        # sudo: the number is the program's
        sequence = self.env["ir.sequence"].sudo()
        claims = super().create([{**vals, "name": sequence.next_by_code("cosmetics.expense.claim") or "/"} for vals in vals_list])
        claims._adopt_attachments()
        return claims

    def write(self, vals):
        self._check_kept(vals)
        if {"employee_id", "company_id"} & vals.keys() and any(claim.state != "draft" for claim in self):
            raise UserError(self.env._("Only a draft of a claim goes to another employee. Set it back to draft first."))
        res = super().write(vals)
        if "attachment_ids" in vals:
            self._adopt_attachments()
        if SEEN & vals.keys():
            self._withdraw_approvals()
        return res

    def _check_kept(self, vals):
        if not self.env.su and (KEPT - {"name"}) & vals.keys():
            raise AccessError(self.env._("The state of a claim is set by its buttons, and its approvals by those who give them."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        if any(claim.state not in ("draft", "refused") for claim in self):
            raise UserError(self.env._("Only a draft of a claim can be deleted. Set it back to draft first."))

    # ------------------------------------------------------------------ helpers
    def _adopt_attachments(self):
        """Photos belong to their claim: whoever reads the claim sees them."""
        for claim in self:
            # sudo: an upload of the user's own, not bound to a record yet
            own = claim.sudo().attachment_ids.filtered(lambda photo: not photo.res_id and photo.create_uid == self.env.user)
            own.write({"res_model": self._name, "res_id": claim.id})

    def _get_fingerprint(self):
        """Return a text that changes with everything an approver has seen."""
        self.ensure_one()
        claim = self.sudo()
        content = (
            claim.employee_id.id, claim.company_id.id, claim.store_id.id, claim.note, f"{claim.amount:.2f}",
            [expense._get_seen() for expense in claim.expense_ids.sorted("id")],
            [(photo.id, photo.checksum) for photo in claim.attachment_ids.sorted("id")],
        )  # fmt: skip
        return hashlib.sha256(repr(content).encode()).hexdigest()

    def _get_facts(self):
        """Return what decides which nodes this claim has to pass."""
        self.ensure_one()
        # sudo: departments above that of the employee
        department = self.sudo().department_id
        path = frozenset(int(part) for part in (department.parent_path or "").split("/") if part)
        return approval.Facts(self.amount, path, frozenset(self.expense_ids.product_id.ids))

    def _get_asked(self):
        """Return the approval that is asked now."""
        self.ensure_one()
        steps = self.sudo().approval_ids.sorted(lambda step: (step.sequence, step.id))
        turn = approval.find_turn(steps.mapped("state")) if self.approval_state == "submitted" else None
        return steps.browse() if turn is None else steps[turn].sudo(False)

    def _get_my_approval(self):
        """Return the approval that waits for the user now."""
        asked = self._get_asked()
        return asked if self.env.user in asked.sudo().approver_ids and self.env.user not in self._get_authors() else asked.browse()

    def _get_authors(self):
        """Return the users who cannot approve this claim: whose it is, who entered or submitted it."""
        self.ensure_one()
        claim = self.sudo()
        return claim.user_id | claim.create_uid | claim.submitted_by_id | claim.expense_ids.create_uid

    def _get_capitals(self):
        """Return the amount as Chinese vouchers write it."""
        self.ensure_one()
        return in_capitals(Decimal(str(self.amount)))
