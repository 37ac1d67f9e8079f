"""The way of a claim: submitted, approved step by step, posted, paid; and back, when it changes."""

from odoo import Command, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_list

ACCOUNTANT = "cosmetics_finance.group_accountant"


class CosmeticsExpenseClaim(models.Model):
    _inherit = "cosmetics.expense.claim"

    # ------------------------------------------------------------------ actions
    def action_submit(self):
        """Put drafts before those who approve them, after a look at the invoices and the budget."""
        self.check_access("write")
        for claim in self.filtered(lambda claim: claim.approval_state in ("draft", "refused")):
            hold_rows(claim)
            claim.expense_ids._check_ready()
            if not claim.expense_ids:
                raise UserError(self.env._("%s has no expenses yet. Add what you have paid first.", claim.name))
            steps = claim._prepare_approvals()
            # sudo: the buttons alone move the state and ask for approvals; see _check_kept().
            sudo = claim.sudo()
            sudo.approval_ids.unlink()
            sudo.write(
                {
                    "approval_state": "submitted",
                    "submitted_by_id": self.env.user.id,
                    "submitted_at": fields.Datetime.now(),
                    "approval_ids": [Command.create(step) for step in steps],
                }
            )
            sudo.expense_ids.write({"approval_state": "submitted", "approval_date": False})
            for sentence in self.env["cosmetics.budget"]._check_spending(claim.expense_ids._prepare_budget_pieces(), is_commitment=True):
                sudo._message_log(body=sentence)
            sudo._ask_next()

    def action_approve(self):
        """Give the approval that waits for the user."""
        self.check_access("read")
        for claim in self:
            claim._answer("approved")
            # sudo: the approver need not be able to write the claim
            if all(step.state == "approved" for step in claim.sudo().approval_ids):
                claim.sudo()._set_approved()
            else:
                claim.sudo()._ask_next()

    def action_refuse(self):
        """Ask for the reason of a refusal."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refuse"),
            "res_model": "cosmetics.expense.refuse",
            "view_mode": "form",
            "target": "new",
            "context": {"default_claim_id": self.id},
        }

    def action_draft(self):
        """Take a claim back to change it; its approvals are gone."""
        self.check_access("read")
        for claim in self:
            if self.env.user not in (claim.user_id | claim.create_uid) and not self.env.user.has_group(ACCOUNTANT):
                raise AccessError(self.env._("%s is taken back by who has entered it, or by the accountant.", claim.name))
            if claim.state in ("posted", "paid"):
                raise UserError(self.env._("%s is in the books. Have the accountant reverse the entry first.", claim.name))
            hold_rows(claim)
            claim.sudo()._set_draft()

    def action_post(self):
        """Enter approved claims in the books: one entry each, owed to the employee."""
        self._check_accountant()
        for claim in self.filtered(lambda claim: claim.state == "approved"):
            hold_rows(claim)
            claim._check_current()
            expenses = claim.expense_ids.filtered(lambda expense: expense.state == "approved")
            # sudo: core makes the entry of an expense so as well
            expenses.with_company(claim.company_id).sudo()._post_without_wizard()
            expenses._link_registered()

    def action_pay(self):
        """Open core's payment of what posted claims owe."""
        self._check_accountant()
        moves = self.expense_ids.account_move_id.filtered(lambda move: move.state == "posted")
        if not moves:
            raise UserError(self.env._("Post the claim first: it is paid from the books."))
        return moves.action_register_payment()

    def action_open_moves(self):
        """Open the entries of a claim."""
        self.ensure_one()
        moves = self.expense_ids.account_move_id
        action = {"type": "ir.actions.act_window", "res_model": "account.move", "name": self.name}
        if len(moves) == 1:
            return {**action, "view_mode": "form", "res_id": moves.id}
        return {**action, "view_mode": "list,form", "domain": [("id", "in", moves.ids)]}

    # ------------------------------------------------------------------ steps
    def _get_nodes(self):
        return self.env["cosmetics.expense.node"].search([("company_id", "in", (False, self.company_id.id))])

    def _prepare_approvals(self):
        """Return the values of the approvals this claim has to pass, in order; raise when nobody may give one."""
        self.ensure_one()
        # sudo: nodes bind whoever claims; managers and roles are read for the employee
        sudo = self.sudo()
        nodes = sudo._get_nodes()._filter_for(sudo.company_id, sudo._get_facts())
        if not nodes:
            raise UserError(self.env._("No approval node fits this claim, and none passes without. Ask the accountant to set one up."))
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
        """Write the answer of the user; raise when none is asked of him, or the claim has changed since."""
        self.ensure_one()
        hold_rows(self.sudo())
        step = self._get_my_approval()
        if not step:
            raise UserError(self.env._("%s: no approval waits for you. Nobody approves an own claim.", self.name))
        self._check_current()
        # sudo: answers are written by the claim alone
        step.sudo().write({"state": state, "answered_by_id": self.env.user.id, "answered_at": fields.Datetime.now(), "note": note})
        self.sudo().activity_feedback(["mail.mail_activity_data_todo"], user_id=self.env.user.id)

    def _refuse(self, reason):
        """Refuse what waits for the user, with a reason the employee reads."""
        self._answer("refused", reason)
        claim = self.sudo()
        claim.write({"approval_state": "refused"})
        claim.expense_ids.write({"approval_state": "refused"})
        claim.activity_unlink(["mail.mail_activity_data_todo"])
        claim.message_post(
            body=self.env._("Refused by %(user)s: %(reason)s", user=self.env.user.name, reason=reason),
            author_id=self.env.user.partner_id.id,
            partner_ids=claim.user_id.partner_id.ids,
        )

    def _set_approved(self):
        self.write({"approval_state": "approved"})
        self.expense_ids.write({"approval_state": "approved", "approval_date": fields.Datetime.now()})
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _set_draft(self):
        """Take claims back to a draft without approvals."""
        self.approval_ids.unlink()
        self.write({"approval_state": "draft", "submitted_by_id": False, "submitted_at": False})
        self.expense_ids.write({"approval_state": False, "approval_date": False})
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _ask_next(self):
        """Tell those who are asked now."""
        self.activity_unlink(["mail.mail_activity_data_todo"])
        for user in self._get_asked().approver_ids:
            self.activity_schedule("mail.mail_activity_data_todo", summary=self.env._("Approve the claim"), user_id=user.id)

    def _withdraw_approvals(self):
        """What was changed is not what was approved: claims that wait or are approved become drafts again, and say so."""
        # sudo: whoever changes a claim takes its approvals back, wanted or not
        for claim in self.sudo().filtered(lambda claim: claim.approval_state in ("submitted", "approved")):
            if any(step.fingerprint != claim._get_fingerprint() for step in claim.approval_ids):
                if any(expense.account_move_id.state == "posted" for expense in claim.expense_ids):
                    raise UserError(self.env._("%s is in the books and cannot change. Reverse its entry first.", claim.name))
                claim._set_draft()
                claim._message_log(body=self.env._("Changed by %s: the approvals are taken back. Submit it again.", self.env.user.name))

    def _check_current(self):
        """Raise when these claims are not what their approvers have seen."""
        changed = [
            claim.name
            for claim in self.sudo()
            if not claim.approval_ids or any(step.fingerprint != claim._get_fingerprint() for step in claim.approval_ids)
        ]
        if changed:
            raise UserError(self.env._("%s has changed since it was submitted. Submit it again.", format_list(self.env, changed)))

    def _check_accountant(self):
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(ACCOUNTANT):
            raise AccessError(self.env._("Claims are posted and paid by the accountant."))
