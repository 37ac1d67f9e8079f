"""What becomes of points that a till gave away."""

from odoo import fields, models


class CosmeticsPointsConflictDecision(models.TransientModel):
    """The manager decides: the card owes the points, the member paid for them, or the shop lets them go."""

    _name = "cosmetics.points.conflict.decision"
    _description = "Decide on a Points Conflict"

    conflict_id = fields.Many2one("cosmetics.points.conflict", required=True, readonly=True, ondelete="cascade")
    sentence = fields.Char(related="conflict_id.sentence")
    partner_id = fields.Many2one(related="conflict_id.partner_id")
    points = fields.Float(related="conflict_id.points")
    currency_id = fields.Many2one(related="conflict_id.currency_id")
    value = fields.Monetary(related="conflict_id.value")
    decision = fields.Selection(
        [("debt", "The Card Owes Them"), ("paid", "The Member Paid"), ("waive", "Forgive")],
        required=True, default="debt",
        help="What the card owes is paid by the next points earned.",
    )  # fmt: skip
    note = fields.Char(string="Remark")

    def action_confirm(self):
        """Carry the decision out, with the rights of the manager."""
        self.ensure_one()
        self.conflict_id._decide(self.decision, self.note)
        return {"type": "ir.actions.act_window_close"}
