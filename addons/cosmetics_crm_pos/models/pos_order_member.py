"""A receipt that is paid lifts its member at once; a refund may take a fresh upgrade back."""

from odoo import models


class PosOrder(models.Model):
    _inherit = "pos.order"

    def _process_saved_order(self, draft):
        res = super()._process_saved_order(draft)
        if not draft and self.state in ("paid", "done"):
            self.partner_id.commercial_partner_id._update_member_tiers(is_refund=self.amount_total < 0)
        return res
