"""Advances: money an employee is handed before he spends it (借款), approved like a claim, cleared by claims or returned."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import UserError, ValidationError

from .cosmetics_expense_paper import APPROVAL_STATES, KEPT

STATES = [*APPROVAL_STATES[:3], ("open", "Outstanding"), ("cleared", "Cleared"), APPROVAL_STATES[3]]


class CosmeticsExpenseAdvance(models.Model):
    """Money in the hands of an employee. What is open of it is the balance of its own items in the books, to the cent."""

    _name = "cosmetics.expense.advance"
    _description = "Advance"
    _inherit = ["cosmetics.expense.paper", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    # Of these follows that it is paid.
    _kept = KEPT | {"payment_id", "line_ids"}
    _seen = frozenset({"employee_id", "company_id", "store_id", "note", "amount", "return_on"})
    _booked = ("open", "cleared")

    note = fields.Char(string="What For", required=True, help="What the money is for, e.g. Fair in Shanghai in May.")
    amount = fields.Monetary(required=True, tracking=True)
    return_on = fields.Date(
        string="Return By",
        required=True,
        default=lambda self: self._default_return_on(),
        help="By this day it is cleared by claims, and the rest returned.",
    )
    approval_ids = fields.One2many("cosmetics.expense.approval", "advance_id", string="Approvals", readonly=True, copy=False)
    payment_id = fields.Many2one("account.payment", readonly=True, copy=False, index="btree_not_null", ondelete="set null")
    line_ids = fields.One2many("account.move.line", "advance_id", string="Journal Items", readonly=True, copy=False)
    paid_on = fields.Date(compute="_compute_books", store=True)
    amount_open = fields.Monetary(
        string="Outstanding Amount", compute="_compute_books", store=True, help="Neither cleared by claims nor returned."
    )
    state = fields.Selection(
        STATES, string="Status", compute="_compute_books", store=True, readonly=True, index=True, tracking=True, copy=False
    )
    age_days = fields.Integer(string="Days since Paid", compute="_compute_age", help="Of what is still open.")
    is_overdue = fields.Boolean(string="Overdue", compute="_compute_age", search="_search_is_overdue")
    overdue_note = fields.Char(compute="_compute_overdue_note", help="What the employee has not returned in time.")

    _amount_check = models.Constraint("CHECK (amount > 0)", "Enter how much the advance is to be, e.g. 2000.")
    _amount_open_check = models.Constraint(
        "CHECK (amount_open >= 0)", "More would be cleared or returned than is open of the advance. Take a clearing or return back first."
    )
    _amount_paid_check = models.Constraint(
        "CHECK (amount_open <= amount)", "More would be paid than was approved of the advance. Take the other payment back first."
    )

    @api.model
    def _default_return_on(self):
        return fields.Date.context_today(self) + timedelta(days=self.env.company.advance_days)

    @api.depends(
        "approval_state", "line_ids.balance", "line_ids.parent_state", "payment_id.move_id.state",
        "payment_id.move_id.reversal_move_ids.state",
    )  # fmt: skip
    def _compute_books(self):
        for advance in self:
            posted = advance.line_ids.filtered(lambda line: line.parent_state == "posted")
            advance.amount_open = advance.currency_id.round(sum(posted.mapped("balance")))
            entry = advance.payment_id.move_id
            is_paid = entry.state == "posted" and "posted" not in entry.reversal_move_ids.mapped("state")
            advance.paid_on = entry.date if is_paid else False
            if is_paid:
                advance.state = "cleared" if advance.currency_id.is_zero(advance.amount_open) else "open"
            else:
                advance.state = advance.approval_state

    @api.depends("state", "paid_on", "return_on")
    def _compute_age(self):
        today = fields.Date.context_today(self)
        for advance in self:
            is_open = advance.state == "open"
            advance.age_days = (today - advance.paid_on).days if is_open else 0
            advance.is_overdue = is_open and advance.return_on < today

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return [("state", "=", "open"), ("return_on", "<", fields.Date.context_today(self))]

    @api.depends("employee_id", "company_id", "state")
    @api.depends_context("lang")
    def _compute_overdue_note(self):
        for advance in self:
            is_asked = advance.state in ("draft", "submitted", "refused") and advance.company_id.advance_overdue != "nothing"
            overdue = advance._get_overdue() if is_asked else self.browse()
            advance.overdue_note = overdue._describe_overdue() if overdue else False

    # ------------------------------------------------------------------ checks
    @api.constrains("return_on", "approval_state")
    def _check_return_on(self):
        today = fields.Date.context_today(self)
        if any(advance.approval_state == "submitted" and advance.return_on < today for advance in self):
            raise ValidationError(self.env._("The day of return has passed already. Enter one from today on."))

    def _check_submission(self):
        """What is asked of a person for a new advance: nothing overdue, where that stops, and within the ceiling."""
        # sudo: other advances of the employee, also those that the accountant entered; his row makes two papers wait for each other
        sudo = self.sudo()
        hold_rows(sudo.employee_id)
        company = sudo.company_id
        overdue = self._get_overdue()
        if overdue and company.advance_overdue == "stop":
            raise UserError(overdue._describe_overdue())
        domain = [("id", "!=", self.id), ("state", "in", ("submitted", "approved", "open")), *self._get_person_domain()]
        others = sudo.search(domain)
        taken = sum(other.amount_open if other.state == "open" else other.amount for other in others)
        if company.advance_ceiling and self.currency_id.compare_amounts(taken + self.amount, company.advance_ceiling) > 0:
            raise UserError(
                self.env._(
                    "%(employee)s would hold %(taken)s in advances, and %(ceiling)s is the ceiling. Ask for less, or clear one first.",
                    employee=sudo.employee_id.name,
                    taken=self.currency_id.format(taken + self.amount),
                    ceiling=self.currency_id.format(company.advance_ceiling),
                )
            )

    def _after_submit(self):
        if self.overdue_note:
            # sudo: the paper is no longer the employee's to write
            self.sudo()._message_log(body=self.overdue_note)

    # ------------------------------------------------------------------ actions
    def action_pay(self):
        """Ask from which account the money of an approved advance goes."""
        return self._open_money("pay", "approved", self.env._("Pay Advance"))

    def action_return(self):
        """Ask where the rest that the employee hands back goes."""
        return self._open_money("return", "open", self.env._("Rest Returned"))

    def action_open_moves(self):
        """Open the entries of an advance."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "name": self.name,
            "view_mode": "list,form",
            "domain": [("line_ids.advance_id", "=", self.id)],
        }

    def _open_money(self, kind, state, title):
        self.ensure_one()
        self._check_accountant()
        self._check_stage(state)
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "cosmetics.expense.advance.money",
            "view_mode": "form",
            "target": "new",
            "context": {"default_advance_id": self.id, "default_kind": kind},
        }

    def _check_stage(self, state):
        """Raise unless this advance waits for its payment (approved), or is open."""
        if self.state != state:
            sentence = {
                "approved": self.env._("%s is not approved, or paid already. Look at its status.", self.name),
                "open": self.env._("Nothing is open of %s: it is not paid yet, or cleared already.", self.name),
            }
            raise UserError(sentence[state])

    # ------------------------------------------------------------------ helpers
    def _get_content(self):
        return (fields.Date.to_string(self.return_on),)

    def _get_person_domain(self):
        """Return the domain of all advances of the same employee in the same company."""
        return [("employee_id", "=", self.sudo().employee_id.id), ("company_id", "=", self.company_id.id)]

    def _get_overdue(self):
        """Return the overdue advances of the employee beside this one."""
        # sudo: only number and amount are told, to who sees this advance
        return self.sudo().search([("is_overdue", "=", True), ("id", "not in", self._origin.ids), *self._get_person_domain()])

    def _describe_overdue(self):
        """Return the sentence that these advances are overdue."""
        return self.env._(
            "%(names)s of %(employee)s should have been cleared or returned by %(day)s: %(amount)s is open.",
            names=", ".join(self.mapped("name")),
            employee=self.employee_id.name,
            day=fields.Date.to_string(min(self.mapped("return_on"))),
            amount=self.currency_id.format(sum(self.mapped("amount_open"))),
        )
