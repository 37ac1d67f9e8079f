"""A warehouse that takes over the locations of another one."""

from odoo import models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    def write(self, vals):
        """Locations that fall to a shop bring their goods along: these are judged as if they had been sent there."""
        if "view_location_id" not in vals:
            return super().write(vals)
        roots = self.view_location_id | self.env["stock.location"].browse(vals["view_location_id"] or [])
        before = roots._get_places_below()
        res = super().write(vals)
        roots.browse(location.id for location in before).modified(["location_id"])
        roots._check_goods_stay(before)
        return res
