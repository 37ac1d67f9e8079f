"""What a line of a count needs to know when somebody counts it."""

from odoo import models
from odoo.exceptions import UserError


class CosmeticsStockCountLine(models.Model):
    _inherit = "cosmetics.stock.count.line"

    def _get_stock_quantities(self):
        """Return {line: what the books hold now of its batch at its place}, by one query."""
        groups = self.env["stock.quant"]._read_group(
            [("product_id", "in", self.product_id.ids), ("location_id", "in", self.location_id.ids)],
            ["product_id", "lot_id", "location_id", "package_id", "owner_id"],
            ["quantity:sum"],
        )
        stock = {tuple(key): quantity for *key, quantity in groups}
        return {line: stock.get(line._get_stock_key(), 0.0) for line in self}

    def _get_moved_since(self, moment):
        """Return what came (+) or went (−) at the place of this line after a moment."""
        self.ensure_one()
        domain = [
            ("state", "=", "done"),
            ("date", ">", moment),
            ("product_id", "=", self.product_id.id),
            ("lot_id", "=", self.lot_id.id),
            ("owner_id", "=", self.owner_id.id),
        ]
        lines = self.env["stock.move.line"]
        came = [("location_dest_id", "=", self.location_id.id), ("result_package_id", "=", self.package_id.id)]
        went = [("location_id", "=", self.location_id.id), ("package_id", "=", self.package_id.id)]
        [[plus]] = lines._read_group([*domain, *came], [], ["quantity_product_uom:sum"])
        [[minus]] = lines._read_group([*domain, *went], [], ["quantity_product_uom:sum"])
        return (plus or 0.0) - (minus or 0.0)

    def _check_same_date(self, vals):
        """Refuse another date for an unknown batch that a colleague has entered already."""
        self.ensure_one()
        typed = vals.get("expiration_on")
        if self.lot_name and typed and self.expiration_on and typed != self.expiration_on:
            raise UserError(
                self.env._(
                    "Batch %(batch)s of “%(product)s” is known with the date %(known)s, but now %(typed)s was entered. "
                    "Look at the pack: correct the date, or the batch number.",
                    batch=self.lot_name,
                    product=self.product_id.display_name,
                    known=self.expiration_on,
                    typed=typed,
                )
            )
