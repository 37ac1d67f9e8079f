"""What core lets an expense do by itself, and here only its claim does.

Core approves the expenses of employees without a manager at once, lets an approver write the state, and posts from a wizard what nobody
approved. Each of these ways ends here.
"""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

# What only the claim writes.
KEPT = frozenset({"state", "approval_state", "approval_date", "account_move_id"})
# A change of these is a change of the claim.
CHANGES = frozenset(
    {
        "date", "name", "employee_id", "product_id", "quantity", "price_unit", "total_amount", "total_amount_currency", "currency_id",
        "payment_mode", "vendor_id", "fapiao", "fapiao_amount", "store_id", "claim_id", "tax_ids",
    }
)  # fmt: skip


class HrExpense(models.Model):
    _inherit = "hr.expense"

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | KEPT

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_kept(vals)
        expenses = super().create([self._normalize_fapiao_vals(vals) for vals in vals_list])
        expenses.claim_id._withdraw_approvals()
        return expenses

    def write(self, vals):
        self._check_kept(vals)
        claims = self.claim_id if CHANGES & vals.keys() else self.env["cosmetics.expense.claim"]
        res = super().write(self._normalize_fapiao_vals(vals))
        if CHANGES & vals.keys():
            (claims | self.claim_id)._withdraw_approvals()
        return res

    def unlink(self):
        claims = self.claim_id
        res = super().unlink()
        claims.exists()._withdraw_approvals()
        return res

    def _check_kept(self, vals):
        if self.env.su or not KEPT & vals.keys():
            return
        # Core lets go of an entry that is cancelled or reversed in the name of who does it.
        is_release = KEPT & vals.keys() == {"account_move_id"} and not vals["account_move_id"]
        if not (is_release and self.env.user.has_group("account.group_account_invoice")):
            raise AccessError(self.env._("An expense is approved and posted with its claim. Open the claim."))

    def _check_approved(self):
        """Raise unless the claims of these expenses are approved as they stand."""
        if any(not expense.claim_id or expense.approval_state != "approved" for expense in self):
            raise UserError(self.env._("Only expenses of an approved claim go into the books."))
        self.claim_id._check_current()

    def _refuse_alone(self):
        raise UserError(self.env._("An expense is submitted, approved and posted with its claim. Put it on a claim, and go on there."))

    # ------------------------------------------------------------------ ways of core
    def action_submit(self):
        """Submit the claims instead: an expense alone goes no way."""
        self._refuse_alone()

    def action_approve(self):
        """Approve the claims instead: an expense alone goes no way."""
        self._refuse_alone()

    def action_approve_duplicates(self):
        """Approve the claims instead: an expense alone goes no way."""
        self._refuse_alone()

    def action_refuse(self):
        """Refuse the claims instead: an expense alone goes no way."""
        self._refuse_alone()

    def action_reset(self):
        """Set the claims back instead: an expense alone goes no way."""
        self._refuse_alone()

    def action_post(self):
        """Post the claims instead: an expense alone goes no way."""
        self._refuse_alone()

    def _can_be_autovalidated(self):
        """Nobody's expenses approve themselves."""
        return False

    def _do_approve(self, check=True):
        self._refuse_alone()

    def _do_refuse(self, reason):
        self._refuse_alone()

    def _do_reset_approval(self):
        self._refuse_alone()

    def _create_company_paid_moves(self):
        self._check_approved()
        return super()._create_company_paid_moves()

    def update_activities_and_mails(self):
        """Approvers are told by the claim."""
