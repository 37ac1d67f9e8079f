"""A reviewer lets findings of an order pass, with a reason."""

from odoo import fields, models


class CosmeticsReviewWaive(models.TransientModel):
    """Asks for the reason before findings are waived."""

    _name = "cosmetics.review.waive"
    _description = "Waive Findings"

    order_id = fields.Many2one("sale.order", required=True, readonly=True)
    finding_ids = fields.Many2many(
        "cosmetics.review.finding",
        string="Findings",
        domain="[('order_id', '=', order_id), ('level', '=', 'block'), ('waived_by_id', '=', False)]",
        required=True,
    )
    reason = fields.Char(required=True)

    def action_waive(self):
        """Waive the chosen findings; the rights are those of the finding."""
        self.ensure_one()
        findings = self.finding_ids.filtered(lambda finding: finding.order_id == self.order_id)
        findings.check_access("read")
        findings._waive(self.reason)
        return {"type": "ir.actions.act_window_close"}
