"""Expense claims: what an employee has paid for the company, on one paper."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .cosmetics_expense_paper import APPROVAL_STATES

STATES = [*APPROVAL_STATES[:3], ("posted", "Posted"), ("paid", "Paid"), APPROVAL_STATES[3]]


class CosmeticsExpenseClaim(models.Model):
    """Expenses of one employee (费用报销单). Its approvals hold for what was approved: a change of it takes them back."""

    _name = "cosmetics.expense.claim"
    _description = "Expense Claim"
    _inherit = ["cosmetics.expense.paper", "mail.thread", "mail.activity.mixin", "cosmetics.uploads.mixin"]
    _order = "id desc"
    # Of the claim itself: what an approver has seen.
    _seen = frozenset({"employee_id", "company_id", "store_id", "expense_ids", "note", "attachment_ids"})
    _booked = ("posted", "paid")

    note = fields.Char(string="What For", required=True, help="What the money was spent for, e.g. Training in Shanghai in May.")
    expense_ids = fields.One2many("hr.expense", "claim_id", string="Expenses")
    amount = fields.Monetary(compute="_compute_amount", store=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Photos of Invoices", copy=False)
    paper_count = fields.Integer(string="Papers", compute="_compute_paper_count", help="Papers of the claim and its expenses.")
    approval_ids = fields.One2many("cosmetics.expense.approval", "claim_id", string="Approvals", readonly=True, copy=False)
    state = fields.Selection(
        STATES, string="Status", compute="_compute_state", store=True, readonly=True, index=True, tracking=True, copy=False
    )
    budget_note = fields.Char(string="Budget", compute="_compute_budget_note", help="What the budget leaves with this claim in it.")

    @api.depends("expense_ids.total_amount")
    def _compute_amount(self):
        for claim in self:
            claim.amount = sum(claim.expense_ids.mapped("total_amount"))

    @api.depends("attachment_ids", "expense_ids")
    def _compute_paper_count(self):
        for claim in self:
            claim.paper_count = len(claim.attachment_ids) + sum(claim.expense_ids.mapped("nb_attachment"))

    @api.depends("approval_state", "expense_ids.state", "expense_ids.account_move_id.payment_state")
    def _compute_state(self):
        for claim in self:
            states = set(claim.expense_ids.mapped("state"))
            claim.state = claim.approval_state
            if claim.approval_state == "approved" and states and not states - {"posted", "in_payment", "paid"}:
                # Core takes an entry for paid as soon as a part of it is.
                is_open = "posted" in states or "partial" in claim.expense_ids.account_move_id.mapped("payment_state")
                claim.state = "posted" if is_open else "paid"

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

    # ------------------------------------------------------------------ helpers
    def _check_submission(self):
        self.expense_ids._check_ready()
        if not self.expense_ids:
            raise UserError(self.env._("%s has no expenses yet. Add what you have paid first.", self.name))

    def _after_submit(self):
        for sentence in self.env["cosmetics.budget"]._check_spending(self.expense_ids._prepare_budget_pieces(), is_commitment=True):
            # sudo: the claim is no longer the employee's to write
            self.sudo()._message_log(body=sentence)

    def _get_content(self):
        return (
            [expense._get_seen() for expense in self.expense_ids.sorted("id")],
            [(photo.id, photo.checksum) for photo in self.attachment_ids.sorted("id")],
        )

    def _get_kinds(self):
        return self.expense_ids.product_id

    def _get_authors(self):
        return super()._get_authors() | self.sudo().expense_ids.create_uid

    def _set_approval_state(self, state):
        res = super()._set_approval_state(state)
        dates = {"draft": False, "submitted": False, "approved": fields.Datetime.now()}
        vals = {"approval_date": dates[state]} if state in dates else {}
        self.expense_ids.write({"approval_state": False if state == "draft" else state, **vals})
        return res

    def _is_booked(self):
        return any(expense.account_move_id.state == "posted" for expense in self.expense_ids)
