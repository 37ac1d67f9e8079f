"""What of a payment belongs to which order."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class CosmeticsPaymentProofLine(models.Model):
    """The part of a payment that pays one order."""

    _name = "cosmetics.payment.proof.line"
    _description = "Payment of an Order"
    _rec_name = "order_id"
    _check_company_auto = True

    proof_id = fields.Many2one("cosmetics.payment.proof", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="proof_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(related="proof_id.state", store=True)
    order_id = fields.Many2one("sale.order", required=True, index=True, check_company=True, ondelete="restrict")
    amount = fields.Monetary(
        required=True, compute="_compute_amount", store=True, readonly=False, precompute=True,
        help="What is still open of the order, unless another amount stands on the slip.",
    )  # fmt: skip

    _amount_positive = models.Constraint("CHECK (amount > 0)", "The amount of a payment is more than 0. Correct the amount.")
    _order_uniq = models.UniqueIndex("(proof_id, order_id)", "The order is in this payment already. Put both amounts into one line.")

    @api.depends("order_id")
    def _compute_amount(self):
        """Suggest what is open: the order less all other payments that are not refused."""
        others = [("order_id", "in", self.order_id.ids), ("state", "!=", "refused"), ("id", "not in", self.ids)]
        # sudo: payments a colleague submitted count
        paid = {order.id: amount for order, amount in self.sudo()._read_group(others, ["order_id"], ["amount:sum"])}
        for line in self:
            order = line.order_id._origin
            line.amount = max(order.amount_total - paid.get(order.id, 0), 0)

    @api.constrains("amount", "order_id")
    def _check_not_overpaid(self):
        """Part of an order may be paid, more than the whole not; payments that wait count too."""
        groups = self.sudo()._read_group(  # sudo: payments a colleague submitted count
            [("order_id", "in", self.order_id.ids), ("state", "!=", "refused")], ["order_id"], ["amount:sum"]
        )
        for order, amount in groups:
            if order.currency_id.compare_amounts(amount, order.amount_total) > 0:
                raise ValidationError(
                    self.env._(
                        "%(order)s is %(total).2f, the payments sum up to %(paid).2f. Correct the amount or choose another order.",
                        order=order.name,
                        total=order.amount_total,
                        paid=amount,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id.check_access("read")
        lines._check_open()
        lines.proof_id._check_own_entry()
        return lines

    def write(self, vals):
        self._check_open()
        self.proof_id._check_own_entry()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        self._check_open()
        self.proof_id._check_own_entry()

    def _check_open(self):
        if any(proof.state != "submitted" for proof in self.proof_id):
            raise UserError(self.env._("This payment is decided already and stays as it is. Submit a new one."))
