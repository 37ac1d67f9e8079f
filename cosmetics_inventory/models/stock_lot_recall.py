from odoo import models
from odoo.exceptions import UserError


class StockLot(models.Model):
    _inherit = "stock.lot"

    def _set_quality_state(self, state, reason):
        """A batch under recall stays recalled, whatever inspection or correction says, until its recall is cancelled."""
        if state != "recalled" and self:
            # sudo: whoever may change a batch must hear of its recall, also of the recall of another company.
            held = self.env["cosmetics.recall.lot"].sudo().search([("lot_id", "in", self.ids), ("former_state", "!=", False)], limit=1)
            if held:
                raise UserError(
                    self.env._(
                        "Batch %(lot)s is under recall %(recall)s. Cancel the recall to release it.",
                        lot=held.lot_id.name,
                        recall=held.recall_id.name,
                    )
                )
        return super()._set_quality_state(state, reason)
