from odoo import api, fields, models


class CosmeticsExpenseApproval(models.Model):
    """An answer that a claim or an advance asks for, with the name of its node as it was asked. Made and answered by its paper alone."""

    _name = "cosmetics.expense.approval"
    _description = "Approval of an Expense Claim"
    _order = "claim_id, advance_id, sequence, id"

    claim_id = fields.Many2one("cosmetics.expense.claim", index="btree_not_null", ondelete="cascade", readonly=True)
    advance_id = fields.Many2one("cosmetics.expense.advance", index="btree_not_null", ondelete="cascade", readonly=True)
    company_id = fields.Many2one("res.company", compute="_compute_company_id", store=True)
    node_id = fields.Many2one("cosmetics.expense.node", readonly=True, ondelete="set null", index="btree_not_null")
    name = fields.Char(string="Step", required=True, readonly=True)
    sequence = fields.Integer(readonly=True)
    approver_ids = fields.Many2many("res.users", string="Asked", readonly=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("approved", "Approved"), ("refused", "Refused")], required=True, default="waiting", readonly=True
    )
    answered_by_id = fields.Many2one("res.users", string="Answered by", readonly=True)
    answered_at = fields.Datetime(readonly=True)
    note = fields.Char(readonly=True)
    fingerprint = fields.Char(readonly=True, groups="base.group_system", help="What was put before the approver.")

    _paper_check = models.Constraint("CHECK (num_nonnulls(claim_id, advance_id) = 1)", "An approval is of one claim or of one advance.")

    @api.depends("claim_id.company_id", "advance_id.company_id")
    def _compute_company_id(self):
        for step in self:
            step.company_id = step.claim_id.company_id or step.advance_id.company_id
