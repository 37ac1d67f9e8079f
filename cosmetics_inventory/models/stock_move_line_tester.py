from odoo import api, models
from odoo.exceptions import ValidationError


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    @api.constrains("location_id", "location_dest_id")
    def _check_tester_stays_tester(self):
        """An opened unit is never sold again: from the testers goods go to scrap or an inventory loss, nowhere else."""
        for line in self:
            target = line.location_dest_id
            if line.location_id.shelf_life_use == "tester" and (target.usage != "inventory" or target.shelf_life_use):
                raise ValidationError(
                    self.env._(
                        "%(product)s, batch %(lot)s, is a tester and cannot be put back into stock or sold. Scrap it instead.",
                        product=line.product_id.display_name,
                        lot=line.lot_id.name or line.lot_name or "-",
                    )
                )
