"""What the timeline says of an allocation, each reader is told in the own language."""

from odoo import models


class CosmeticsOrderEvent(models.Model):
    _inherit = "cosmetics.order.event"

    def _compute_summary(self):
        """The remark of an allocation was written in the language of whoever ran it; its facts know every language."""
        res = super()._compute_summary()
        for event in self:
            if told := event.order_id._render_allocation((event.facts or {}).get("allocation")):
                event.summary = " ".join(part for part in (event._get_summary(), told) if part)
        return res
