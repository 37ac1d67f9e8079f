"""What the till asks about coupons before it takes the money."""

from odoo import api, models


class PosOrder(models.Model):
    _inherit = "pos.order"

    @api.model
    def get_coupon_refusal(self, config_id, uuid, partner_id, card_ids):
        """Return the sentence why these coupons may not be used on a sale that is about to be paid, False when they may.

        Read under the rights of the till: who may not make a sale there, or does not see the cards, is told by the access check.

        :param str uuid: of the order at the till, which the server may not know yet
        """
        self.check_access("create")
        till = self.env["pos.config"].search([("id", "=", config_id)])
        cards = self.env["loyalty.card"].search([("id", "in", card_ids)])
        partner = self.env["res.partner"].search([("id", "=", partner_id)])
        order = self.search([("uuid", "=", uuid)], limit=1)
        cards = cards.filtered(lambda card: card.program_id._has_coupon_rules())
        return (cards and cards._get_use_refusal(order, till.sudo().store_id, partner)) or False  # sudo: the store of the own till
