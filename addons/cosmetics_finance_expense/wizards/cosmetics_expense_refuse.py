from odoo import fields, models


class CosmeticsExpenseRefuse(models.TransientModel):
    """Why a claim is refused: the employee reads it."""

    _name = "cosmetics.expense.refuse"
    _description = "Refuse an Expense Claim"

    claim_id = fields.Many2one("cosmetics.expense.claim", required=True, readonly=True, ondelete="cascade")
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Refuse the claim with the reason."""
        self.ensure_one()
        self.claim_id.check_access("read")
        self.claim_id._refuse(self.reason)
