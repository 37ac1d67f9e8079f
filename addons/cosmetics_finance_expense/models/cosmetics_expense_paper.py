"""What an employee asks the company for, on one paper: submitted, approved step by step, and back, when it changes."""

from decimal import Decimal

from odoo import Command, api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.addons.cosmetics_finance.tools.voucher import in_capitals
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_list

from ..tools import approval

ACCOUNTANT = "cosmetics_finance.group_accountant"
APPROVAL_STATES = [("draft", "Draft"), ("submitted", "Waiting"), ("approved", "Approved"), ("refused", "Refused")]
# What only the buttons set.
KEPT = frozenset({"state", "approval_state", "approval_ids", "submitted_by_id", "submitted_at"})


class CosmeticsExpensePaper(models.AbstractModel):
    """What claims and advances share: whose they are, and the approvals, which hold for what was approved.

    A model adds `amount`, `state` and `approval_ids`, and says with `_seen` what an approver has seen.
    """

    _name = "cosmetics.expense.paper"
    _description = "Paper of an Employee"
    _check_company_auto = True
    _kept = KEPT
    # Fields whose change takes the approvals back, and states that are in the books.
    _seen = frozenset()
    _booked = ()

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
    approval_state = fields.Selection(APPROVAL_STATES, required=True, default="draft", readonly=True, copy=False)
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    submitted_at = fields.Datetime(readonly=True, copy=False)
    can_answer = fields.Boolean(compute="_compute_can_answer", search="_search_can_answer", help="An approval of it waits for you.")
    waits_for = fields.Char(compute="_compute_waits_for", help="Who is asked now.")

    @api.model
    def _default_store_id(self):
        """Return the shop of who works in one alone."""
        stores = self.env.user.store_ids
        return stores if len(stores) == 1 else stores.browse()

    @api.depends("approval_ids.state", "approval_state")
    @api.depends_context("uid")
    def _compute_can_answer(self):
        for paper in self:
            paper.can_answer = bool(paper._get_my_approval())

    @api.model
    def _search_can_answer(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        papers = self.search([("approval_state", "=", "submitted"), ("approval_ids.approver_ids", "in", self.env.uid)])
        return [("id", "in", papers.filtered("can_answer").ids)]

    @api.depends("approval_ids.state", "approval_state")
    def _compute_waits_for(self):
        for paper in self:
            asked = paper._get_asked()
            paper.waits_for = f"{asked.name}: {', '.join(asked.sudo().approver_ids.mapped('name'))}" if asked else False

    # ------------------------------------------------------------------ checks
    @api.constrains("employee_id")
    def _check_own(self):
        """Whoever is no accountant asks for himself alone."""
        if self.env.su or self.env.user.has_group(ACCOUNTANT):
            return
        if any(paper.sudo().user_id != self.env.user for paper in self):
            raise ValidationError(self.env._("Enter your own papers only. Those of others are entered by themselves or by the accountant."))

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | self._kept

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_kept(vals)
        # sudo: the number is the program's
        sequence = self.env["ir.sequence"].sudo()
        return super().create([{**vals, "name": sequence.next_by_code(self._name) or "/"} for vals in vals_list])

    def write(self, vals):
        self._check_kept(vals)
        if {"employee_id", "company_id"} & vals.keys() and any(paper.state != "draft" for paper in self):
            raise UserError(self.env._("Only a draft goes to another employee. Set it back to draft first."))
        res = super().write(vals)
        if self._seen & vals.keys():
            self._withdraw_approvals()
        return res

    def _check_kept(self, vals):
        if not self.env.su and self._kept & vals.keys():
            raise AccessError(self.env._("The state is set by the buttons, and approvals by those who give them."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        if any(paper.state not in ("draft", "refused") for paper in self):
            raise UserError(self.env._("Only a draft can be deleted. Set it back to draft first."))

    # ------------------------------------------------------------------ actions
    def action_submit(self):
        """Put drafts before those who approve them, when nothing is against it."""
        self.check_access("write")
        for paper in self.filtered(lambda paper: paper.approval_state in ("draft", "refused")):
            hold_rows(paper)
            paper._check_submission()
            steps = paper._prepare_approvals()
            # sudo: the buttons alone move the state and ask for approvals; see _check_kept().
            sudo = paper.sudo()
            sudo.approval_ids.unlink()
            sudo.write(
                {
                    "submitted_by_id": self.env.user.id,
                    "submitted_at": fields.Datetime.now(),
                    "approval_ids": [Command.create(step) for step in steps],
                }
            )
            sudo._set_approval_state("submitted")
            paper._after_submit()
            sudo._ask_next()

    def action_approve(self):
        """Give the approval that waits for the user."""
        self.check_access("read")
        for paper in self:
            paper._answer("approved")
            # sudo: the approver need not be able to write the paper
            sudo = paper.sudo()
            if all(step.state == "approved" for step in sudo.approval_ids):
                sudo._set_approval_state("approved")
                sudo.activity_unlink(["mail.mail_activity_data_todo"])
            else:
                sudo._ask_next()

    def action_refuse(self):
        """Ask for the reason of a refusal."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refuse"),
            "res_model": "cosmetics.expense.refuse",
            "view_mode": "form",
            "target": "new",
            "context": {f"default_{self._get_approval_link()}": self.id},
        }

    def action_draft(self):
        """Take a paper back to change it; its approvals are gone."""
        self.check_access("read")
        for paper in self:
            if self.env.user not in (paper.user_id | paper.create_uid) and not self.env.user.has_group(ACCOUNTANT):
                raise AccessError(self.env._("%s is taken back by who has entered it, or by the accountant.", paper.name))
            if paper.state in self._booked:
                raise UserError(self.env._("%s is in the books. Have the accountant reverse the entry first.", paper.name))
            hold_rows(paper)
            paper.sudo()._set_draft()

    # ------------------------------------------------------------------ hooks
    def _check_submission(self):
        """Raise when something is against submitting this paper."""

    def _after_submit(self):
        """Say on the paper what whoever is asked should know."""

    def _get_content(self):
        """Return what an approver sees of this paper beside whose it is and its amount, as a tuple of plain values."""
        return ()

    def _get_kinds(self):
        """Return the kinds of expenses (product.product) that decide which nodes ask."""
        return self.env["product.product"]

    def _get_authors(self):
        """Return the users who cannot approve this paper: whose it is, who entered or submitted it."""
        self.ensure_one()
        paper = self.sudo()
        return paper.user_id | paper.create_uid | paper.submitted_by_id

    def _set_approval_state(self, state):
        """Write how far the approval is."""
        self.write({"approval_state": state})

    def _is_booked(self):
        """Tell if an entry of this paper is in the books."""
        return self.state in self._booked

    # ------------------------------------------------------------------ steps
    def _get_approval_link(self):
        """Return the name of the field that leads from an approval to this paper."""
        return self._fields["approval_ids"].inverse_name

    def _get_fingerprint(self):
        """Return a text that changes with everything an approver has seen."""
        self.ensure_one()
        paper = self.sudo()
        content = (paper.employee_id.id, paper.company_id.id, paper.store_id.id, paper.note, f"{paper.amount:.2f}", *paper._get_content())
        return approval.fingerprint(content)

    def _get_facts(self):
        """Return what decides which nodes this paper has to pass."""
        self.ensure_one()
        # sudo: departments above that of the employee
        department = self.sudo().department_id
        path = frozenset(int(part) for part in (department.parent_path or "").split("/") if part)
        return approval.Facts(self.amount, path, frozenset(self._get_kinds().ids))

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

    def _get_capitals(self):
        """Return the amount as Chinese vouchers write it."""
        self.ensure_one()
        return in_capitals(Decimal(str(self.amount)))

    def _get_nodes(self):
        return self.env["cosmetics.expense.node"].search([("company_id", "in", (False, self.company_id.id))])

    def _prepare_approvals(self):
        """Return the values of the approvals this paper has to pass, in order; raise when nobody may give one."""
        self.ensure_one()
        # sudo: nodes bind whoever claims; managers and roles are read for the employee
        sudo = self.sudo()
        nodes = sudo._get_nodes()._filter_for(sudo.company_id, sudo._get_facts())
        if not nodes:
            raise UserError(self.env._("No approval node fits %s, and none passes without. Ask the accountant to set one up.", self.name))
        barred = self._get_authors() | self.env.user
        steps = []
        for place, node in enumerate(nodes, 1):
            asked = (node._get_approvers(sudo.employee_id), node._get_last_resort())
            left = next(filter(None, ((users - barred)._filter_of_company(sudo.company_id) for users in asked)), None)
            if not left:
                raise UserError(
                    self.env._(
                        "Nobody but yourself could approve %(claim)s at %(node)s. Ask the administrator for another expense approver.",
                        claim=self.name,
                        node=node.name,
                    )
                )
            steps.append(
                {
                    "node_id": node.id,
                    "name": node.name,
                    "sequence": place,
                    "approver_ids": [Command.set(left.ids)],
                    "fingerprint": sudo._get_fingerprint(),
                }
            )
        return steps

    def _answer(self, state, note=False):
        """Write the answer of the user; raise when none is asked of him, or the paper has changed since."""
        self.ensure_one()
        hold_rows(self.sudo())
        step = self._get_my_approval()
        if not step:
            raise UserError(self.env._("%s: no approval waits for you. Nobody approves what he asks for himself.", self.name))
        self._check_current()
        # sudo: answers are written by the paper alone
        step.sudo().write({"state": state, "answered_by_id": self.env.user.id, "answered_at": fields.Datetime.now(), "note": note})
        self.sudo().activity_feedback(["mail.mail_activity_data_todo"], user_id=self.env.user.id)

    def _refuse(self, reason):
        """Refuse what waits for the user, with a reason the employee reads."""
        self._answer("refused", reason)
        paper = self.sudo()
        paper._set_approval_state("refused")
        paper.activity_unlink(["mail.mail_activity_data_todo"])
        paper.message_post(
            body=self.env._("Refused by %(user)s: %(reason)s", user=self.env.user.name, reason=reason),
            author_id=self.env.user.partner_id.id,
            partner_ids=paper.user_id.partner_id.ids,
        )

    def _set_draft(self):
        """Take papers back to a draft without approvals."""
        self.approval_ids.unlink()
        self.write({"submitted_by_id": False, "submitted_at": False})
        self._set_approval_state("draft")
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _ask_next(self):
        """Tell those who are asked now."""
        self.activity_unlink(["mail.mail_activity_data_todo"])
        for user in self._get_asked().approver_ids:
            self.activity_schedule("mail.mail_activity_data_todo", summary=self.env._("Approve %s", self.name), user_id=user.id)

    def _withdraw_approvals(self):
        """What was changed is not what was approved: papers that wait or are approved become drafts again, and say so."""
        # sudo: whoever changes a paper takes its approvals back, wanted or not
        for paper in self.sudo().filtered(lambda paper: paper.approval_state in ("submitted", "approved")):
            if any(step.fingerprint != paper._get_fingerprint() for step in paper.approval_ids):
                if paper._is_booked():
                    raise UserError(self.env._("%s is in the books and cannot change. Reverse its entry first.", paper.name))
                paper._set_draft()
                paper._message_log(body=self.env._("Changed by %s: the approvals are taken back. Submit it again.", self.env.user.name))

    def _check_current(self):
        """Raise when these papers are not what their approvers have seen."""
        changed = [
            paper.name
            for paper in self.sudo()
            if not paper.approval_ids or any(step.fingerprint != paper._get_fingerprint() for step in paper.approval_ids)
        ]
        if changed:
            raise UserError(self.env._("%s has changed since it was submitted. Submit it again.", format_list(self.env, changed)))

    def _check_accountant(self):
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(ACCOUNTANT):
            raise AccessError(self.env._("Claims and advances are posted and paid by the accountant."))
