from odoo import fields, models


class CosmeticsExpenseApproval(models.Model):
    """An answer that a claim asks for, with the name of its node as it was asked. Made and answered by the claim alone."""

    _name = "cosmetics.expense.approval"
    _description = "Approval of an Expense Claim"
    _order = "claim_id, sequence, id"

    claim_id = fields.Many2one("cosmetics.expense.claim", required=True, index=True, ondelete="cascade", readonly=True)
    company_id = fields.Many2one(related="claim_id.company_id", store=True)
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
    fingerprint = fields.Char(readonly=True, groups="base.group_system", help="The claim as it was put before the approver.")
