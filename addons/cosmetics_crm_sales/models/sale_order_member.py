"""An order that counts lifts its member at once; a cancelled one may take a fresh upgrade back."""

from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _action_confirm(self):
        res = super()._action_confirm()
        self.partner_id.commercial_partner_id._update_member_tiers()
        return res

    def _action_cancel(self):
        counted = self.filtered(lambda order: order.state == "sale").partner_id.commercial_partner_id
        res = super()._action_cancel()
        counted._update_member_tiers(is_refund=True)
        return res
