"""Which bills are paid on a day: one proposes, a second person approves, then they are paid."""

import hashlib

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import AccessError, UserError

from ..tools.payment_plan import choose

# What is decided in the plan; all else is set by the buttons.
DECIDED = {"company_id", "journal_id", "date", "due_until", "is_within_cash", "line_ids"}
LIVE = ("draft", "submitted", "approved")


class CosmeticsPaymentPlan(models.Model):
    """A plan of payments to vendors. Amounts are in the currency of the company.

    Whoever had a hand in it cannot approve it, and an approval holds for what was seen: any change of payee, account or amount, on any
    way, takes it back.
    """

    _name = "cosmetics.payment.plan"
    _description = "Payment Plan"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="restrict")
    currency_id = fields.Many2one(related="company_id.currency_id")
    journal_id = fields.Many2one(
        "account.journal", string="Paid from", required=True, check_company=True, ondelete="restrict",
        domain="[('type', '=', 'bank')]", default=lambda self: self._default_journal(),
    )  # fmt: skip
    date = fields.Date(string="Payment Date", required=True, default=lambda self: fields.Date.context_today(self))
    due_until = fields.Date(string="Due until", required=True, default=lambda self: fields.Date.context_today(self))
    is_within_cash = fields.Boolean(
        string="Not More than There Is", default=True, help="Propose the oldest bills that the account can pay."
    )
    cash = fields.Monetary(string="On the Account", compute="_compute_cash", help="In the books, on the account of the journal.")
    line_ids = fields.One2many("cosmetics.payment.plan.line", "plan_id")
    amount = fields.Monetary(string="Total", compute="_compute_amount", store=True)
    state = fields.Selection(
        [("draft", "Draft"), ("submitted", "Waiting for Approval"), ("approved", "Approved"), ("done", "Paid"), ("cancelled", "Cancelled")],
        required=True, readonly=True, default="draft", copy=False, index=True, tracking=True,
    )  # fmt: skip
    author_ids = fields.Many2many(
        "res.users", "cosmetics_payment_plan_author_rel", string="Worked on by", readonly=True, copy=False, help="They cannot approve it."
    )
    approved_by_id = fields.Many2one("res.users", string="Approved by", readonly=True, copy=False, tracking=True)
    approved_at = fields.Datetime(readonly=True, copy=False)
    fingerprint = fields.Char(readonly=True, copy=False, groups="base.group_system")

    @api.model
    def _default_journal(self):
        return self.env["account.journal"].search([("type", "=", "bank"), ("company_id", "=", self.env.company.id)], limit=1)

    @api.depends("journal_id")
    def _compute_cash(self):
        accounts = self.journal_id.default_account_id
        domain = [("account_id", "in", accounts.ids), ("parent_state", "=", "posted"), ("company_id", "in", self.company_id.ids)]
        sums = {
            (account, company): balance
            for account, company, balance in self.env["account.move.line"]._read_group(
                domain, ["account_id", "company_id"], ["balance:sum"]
            )
        }
        for plan in self:
            plan.cash = sums.get((plan.journal_id.default_account_id, plan.company_id), 0.0)

    @api.depends("line_ids.amount")
    def _compute_amount(self):
        for plan in self:
            plan.amount = sum(plan.line_ids.mapped("amount"))

    # ------------------------------------------------------------------ create, write
    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | (self._fields.keys() - DECIDED)

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create([{name: value for name, value in vals.items() if name in DECIDED} for vals in vals_list])
        for plan in plans:
            # sudo: numbers and authors are nobody's to choose
            plan.sudo().write({"name": self.env["ir.sequence"].next_by_code("cosmetics.payment.plan") or "/"})
        plans._after_change()
        return plans

    def write(self, vals):
        if not self.env.su and (kept := vals.keys() - DECIDED):
            self._refuse_fields(kept)
        res = super().write(vals)
        if DECIDED & vals.keys():
            self._after_change()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._check_state("draft", "cancelled")

    # ------------------------------------------------------------------ actions
    def action_propose(self):
        """Put in what is due until the chosen day and in no other plan, the oldest first, as far as the money goes."""
        self.check_access("write")
        self._check_state("draft")
        for plan in self:
            items = plan._get_items()
            cash = plan.cash - plan.amount if plan.is_within_cash else None
            chosen = set(choose([(item.due_on, item.id, item.amount) for item in items], cash))
            lines = [{"plan_id": plan.id, "move_line_id": item.id, "amount": item.amount} for item in items if item.id in chosen]
            self.env["cosmetics.payment.plan.line"].create(lines)

    def action_submit(self):
        """Ask for the approval of the plans as they are."""
        self.check_access("write")
        self._check_state("draft")
        for plan in self:
            plan.line_ids._check_payable()
            if not plan.line_ids:
                raise UserError(self.env._("%s pays nothing yet. Press Propose, or add bills.", plan.name))
        self._add_author()
        self._set_state("submitted")

    def action_approve(self):
        """Approve the plans as they are; only for one who had no hand in them."""
        self.check_access("read")
        if not self.env.user.has_group("cosmetics_finance.group_payment_approver"):
            raise AccessError(self.env._("Only an approver of payments can approve a plan. Ask the owner."))
        # sudo: the approver reads plans and writes none; the approval is the only trace
        hold_rows(self.sudo())
        self._check_state("submitted")
        if own := self.filtered(lambda plan: self.env.user in plan.author_ids | plan.create_uid):
            raise UserError(self.env._("%s: nobody approves a plan of one's own. Ask another approver.", ", ".join(own.mapped("name"))))
        for plan in self.sudo():
            plan.line_ids._check_payable()
            plan.write(
                {
                    "state": "approved",
                    "approved_by_id": self.env.uid,
                    "approved_at": fields.Datetime.now(),
                    "fingerprint": plan._get_fingerprint(),
                }
            )

    def action_reject(self):
        """Send plans back to their authors."""
        self.check_access("read")
        if not self.env.user.has_group("cosmetics_finance.group_payment_approver"):
            raise AccessError(self.env._("Only an approver of payments can send a plan back. Ask the owner."))
        self._check_state("submitted", "approved")
        self._set_state("draft")

    def action_draft(self):
        """Take plans back to change them."""
        self.check_access("write")
        self._check_state("submitted", "approved", "cancelled")
        self._set_state("draft")

    def action_cancel(self):
        """Give plans up; their bills may stand in another one."""
        self.check_access("write")
        self._check_state(*LIVE)
        self._set_state("cancelled")

    # ------------------------------------------------------------------ helpers
    def _get_items(self):
        """Return what may be proposed (cosmetics.finance.due): open bills in the currency of the company, in no live plan."""
        self.ensure_one()
        taken = self.env["cosmetics.payment.plan.line"].search([("plan_state", "in", LIVE)]).move_line_id
        domain = [
            ("kind", "=", "payable"), ("company_id", "=", self.company_id.id), ("amount", ">", 0), ("due_on", "<=", self.due_until),
            ("id", "not in", taken.ids), ("is_disputed", "=", False),
        ]  # fmt: skip
        items = self.env["cosmetics.finance.due"].search(domain, order="due_on, id")
        lines = self.env["account.move.line"].browse(items.ids)
        own = lines.filtered(lambda line: line.currency_id == line.company_currency_id)
        return items.filtered(lambda item: item.id in own.ids)

    def _set_state(self, state):
        # sudo: the buttons alone move the state, and what was approved is approved no longer; see write()
        self.sudo().write({"state": state, "approved_by_id": False, "approved_at": False, "fingerprint": False})

    def _add_author(self):
        # sudo: who worked on a plan is a fact, not an entry
        for plan in self.sudo():
            if self.env.user not in plan.author_ids:
                plan.write({"author_ids": [fields.Command.link(self.env.uid)]})

    def _after_change(self):
        """Somebody changed what is paid: it is the changer's work, and an approval or a request for one is void."""
        self._check_state(*LIVE)
        self._add_author()
        self._withdraw()

    def _withdraw(self):
        for plan in self.filtered(lambda plan: plan.state in ("submitted", "approved")):
            plan._set_state("draft")
            # sudo: the note is the plan's, whoever changed an account
            plan.sudo().message_post(body=self.env._("What is paid has changed: the plan needs an approval again."))

    def _check_state(self, *states):
        names = dict(self._fields["state"]._description_selection(self.env))
        for plan in self:
            if plan.state not in states:
                message = self.env._("Plan %(name)s is in state %(state)s: this needs %(needed)s.")
                needed = " / ".join(names[state] for state in states)
                raise UserError(message % {"name": plan.name, "state": names[plan.state], "needed": needed})

    def _get_fingerprint(self):
        """Return a text that changes with everything the approver saw: payees, accounts, amounts, from where and when."""
        self.ensure_one()
        lines = sorted(
            (line.move_line_id.id, line.partner_id.id, f"{line.amount:.2f}", line.bank_account_id.id, line.bank_account_id.acc_number or "")
            for line in self.line_ids
        )
        return hashlib.sha256(repr((self.company_id.id, self.journal_id.id, str(self.date), lines)).encode()).hexdigest()
