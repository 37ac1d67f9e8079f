"""A settlement that is opened again is a step of its orders, as its confirmation was."""

from odoo import models


class CosmeticsSettlement(models.Model):
    _inherit = "cosmetics.settlement"

    def write(self, vals):
        """Whatever way a confirmed settlement is opened again, the orders that were told as settled hear of it."""
        reopened = self.browse()
        if vals.get("state", "confirmed") != "confirmed":
            reopened = self.filtered(lambda settlement: settlement.state == "confirmed")
        res = super().write(vals)
        reopened.match_ids.order_id._filtered_told_settled()._record_event("note", facts={"what": "reopened"})
        return res
