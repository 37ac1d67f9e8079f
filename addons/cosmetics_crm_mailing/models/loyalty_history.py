"""Where a coupon is used, whatever document it is used on, its rules hold."""

from odoo import api, models
from odoo.exceptions import UserError

# What is paid at a till cannot be refused afterwards; the till asks before.
PAID = ("pos.order",)


class LoyaltyHistory(models.Model):
    _inherit = "loyalty.history"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        used = lines.filtered(lambda line: line.used > 0 and line.order_model and line.order_model not in PAID)
        for (model, order_id), own in used.grouped(lambda line: (line.order_model, line.order_id)).items():
            # sudo: whoever takes the order does not see the coupons of others
            cards = own.sudo().card_id.filtered(lambda card: card.program_id._has_coupon_rules())
            cards._lock_use()
            refusal = cards._get_use_refusal(self.env[model].browse(order_id))
            if refusal:
                raise UserError(refusal)
        return lines
