from odoo import fields, models


class CosmeticsExpenseRefuse(models.TransientModel):
    """Why a claim or an advance is refused: the employee reads it."""

    _name = "cosmetics.expense.refuse"
    _description = "Refuse an Expense Claim"

    claim_id = fields.Many2one("cosmetics.expense.claim", readonly=True, ondelete="cascade")
    advance_id = fields.Many2one("cosmetics.expense.advance", readonly=True, ondelete="cascade")
    reason = fields.Char(required=True)

    _paper_check = models.Constraint("CHECK (num_nonnulls(claim_id, advance_id) = 1)", "One claim or one advance is refused.")

    def action_confirm(self):
        """Refuse the paper with the reason."""
        self.ensure_one()
        paper = self.claim_id or self.advance_id
        paper.check_access("read")
        paper._refuse(self.reason)
