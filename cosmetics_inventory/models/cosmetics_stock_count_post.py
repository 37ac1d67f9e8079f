"""Posting a count: Odoo's own inventory adjustment, line by line in batches."""

from odoo import fields, models
from odoo.tools import split_every

# Stock entries adjusted together: enough that queries are few, so few that no cache grows without end.
CHUNK = 500


class CosmeticsStockCount(models.Model):
    _inherit = "cosmetics.stock.count"

    def _post(self):
        """Adjust the stock by every difference, then close the count: stock = counted + what moved since."""
        self.ensure_one()
        lines = self.line_ids.filtered("difference_quantity")
        lines._make_lots()
        for ids in split_every(CHUNK, lines.ids):
            lines.browse(ids)._adjust_stock()
        self.line_ids.write({"is_open": False, "is_final": True})
        self.write({"state": "posted", "posted_at": fields.Datetime.now()})
