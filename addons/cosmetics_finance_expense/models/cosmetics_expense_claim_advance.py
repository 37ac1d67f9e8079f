"""Claims clear the advances of their employee first; the rest is owed."""

from odoo import Command, api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import UserError


class CosmeticsExpenseClaim(models.Model):
    _inherit = "cosmetics.expense.claim"

    advance_open = fields.Monetary(string="Open Advances", compute="_compute_advances", help="What the employee holds of the company.")
    is_cleared = fields.Boolean(compute="_compute_advances", help="An advance is set off against it.")

    @api.depends("employee_id", "company_id", "state")
    def _compute_advances(self):
        for claim in self:
            claim.advance_open = sum(claim._get_open_advances().mapped("amount_open"))
            claim.is_cleared = bool(claim._get_clearing_moves())

    def action_clear(self):
        """Set what a posted claim owes off against the open advances of the employee."""
        self._check_accountant()
        for claim in self:
            if claim.state != "posted" or not claim._get_open_advances():
                raise UserError(self.env._("%s owes nothing, or the employee holds no advance.", claim.name))
            hold_rows(claim)
            claim._clear_advances()

    def action_unclear(self):
        """Take back what was set off: the advances are open again, and the claim is owed."""
        self._check_accountant()
        for claim in self:
            moves = claim._get_clearing_moves()
            hold_rows(moves.line_ids.advance_id)
            # sudo: the items keep whose advance they are
            moves.sudo(False)._reverse_moves([{"date": fields.Date.context_today(self)} for _move in moves], cancel=True)

    def _get_open_advances(self):
        """Return what the employee holds, the oldest first."""
        self.ensure_one()
        # sudo: amounts of the employee's own; the accountant alone acts on them
        advances = self.env["cosmetics.expense.advance"].sudo()
        domain = [("state", "=", "open"), ("employee_id", "=", self.sudo().employee_id.id), ("company_id", "=", self.company_id.id)]
        return advances.search(domain, order="paid_on, id")

    def _get_clearing_moves(self):
        """Return the entries that set advances off against this claim and stand."""
        # sudo: whether there are any is asked by who cannot read the books as well
        moves = self.env["account.move"].sudo().search([("advance_claim_id", "in", self.ids), ("state", "=", "posted")])
        return moves.filtered(lambda move: "posted" not in move.reversal_move_ids.mapped("state"))

    def _clear_advances(self):
        """Set what this claim owes off against the open advances, the oldest first; one entry for each entry of the claim."""
        self.ensure_one()
        advances = self._get_open_advances()
        hold_rows(advances)
        for move in self.expense_ids.account_move_id.filtered(lambda move: move.state == "posted"):
            owed = move.line_ids.filtered(lambda line: line.display_type == "payment_term" and not line.reconciled)
            left = -sum(owed.mapped("amount_residual"))
            shares = []
            for advance in advances:
                share = self.currency_id.round(min(left, advance.amount_open))
                if self.currency_id.compare_amounts(share, 0) > 0:
                    shares.append((advance, share))
                    left -= share
            if shares:
                self._enter_clearing(move, owed, shares)

    def _enter_clearing(self, move, owed, shares):
        """Post the entry of shares (advance, amount) of what an entry of this claim owes, and match it."""
        account = self.company_id._get_advance_account()
        day = max([move.date, *(advance.paid_on for advance, _share in shares)])
        partner = owed.partner_id[:1]
        total = sum(share for _advance, share in shares)
        common = {"partner_id": partner.id, "name": f"{self.name} {self.note}"}
        lines = [{**common, "account_id": owed.account_id[:1].id, "balance": total}]
        for advance, share in shares:
            lines.append({**common, "account_id": account.id, "balance": -share, "advance_id": advance.id})
        vals = {
            "move_type": "entry",
            "date": day,
            "ref": f"{self.name} {', '.join(advance.name for advance, _share in shares)}",
            "journal_id": self.company_id._get_advance_journal().id,
            "advance_claim_id": self.id,
            "line_ids": [Command.create(line) for line in lines],
        }
        # sudo: whose advance an item is, is set by the program alone
        entry = self.env["account.move"].sudo().with_company(self.company_id).create(vals)
        entry.action_post()
        (entry.line_ids.filtered(lambda line: line.account_id in owed.account_id) | owed.sudo()).reconcile()
