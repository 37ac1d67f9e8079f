"""A claim in the books: posted, advances set off, the rest paid."""

from odoo import models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import UserError


class CosmeticsExpenseClaim(models.Model):
    _inherit = "cosmetics.expense.claim"

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
            claim._clear_advances()

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
        moves = self.expense_ids.account_move_id | self._get_clearing_moves()
        action = {"type": "ir.actions.act_window", "res_model": "account.move", "name": self.name}
        if len(moves) == 1:
            return {**action, "view_mode": "form", "res_id": moves.id}
        return {**action, "view_mode": "list,form", "domain": [("id", "in", moves.ids)]}
