"""A credit note that is posted lowers what its member has spent."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft=soft)
        credited = posted.filtered(lambda move: move.move_type == "out_refund")
        credited.commercial_partner_id._update_member_tiers(is_refund=True)
        return posted
