"""Whether the payment of an order was confirmed by its evidence."""

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    payment_proof_line_ids = fields.One2many("cosmetics.payment.proof.line", "order_id", string="Payments with Evidence", readonly=True)
    proof_amount = fields.Monetary(string="Payment Confirmed", compute="_compute_proof_state", store=True)
    proof_state = fields.Selection(
        [("none", "Not Confirmed"), ("partial", "Partly Paid"), ("paid", "Paid")],
        string="Payment Evidence",
        compute="_compute_proof_state",
        store=True,
    )

    @api.depends("payment_proof_line_ids.amount", "payment_proof_line_ids.state", "amount_total")
    def _compute_proof_state(self):
        for order in self:
            lines = order.payment_proof_line_ids.filtered(lambda line: line.state == "confirmed")
            order.proof_amount = sum(lines.mapped("amount"))
            is_paid = order.currency_id.compare_amounts(order.proof_amount, order.amount_total) >= 0
            order.proof_state = ("paid" if is_paid else "partial") if lines else "none"
