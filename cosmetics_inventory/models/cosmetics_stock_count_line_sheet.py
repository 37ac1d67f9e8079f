"""A line of a count on the screen and on paper."""

from odoo import models
from odoo.tools import format_date


class CosmeticsStockCountLine(models.Model):
    _inherit = "cosmetics.stock.count.line"

    def _prepare_sheet_line(self, boxes):
        """Return a line as the screen keeps it, without any quantity of the books.

        :param dict boxes: {code of a box: pieces}
        """
        product = self.product_id
        return {
            "id": self.id,
            "product_id": product.id,
            "product": product.display_name,
            "codes": [code for code in (product.barcode, product.default_code) if code],
            "boxes": boxes,
            "tracking": product.tracking,
            "needs_date": product.is_shelf_life_managed,
            "lot_id": self.lot_id.id,
            "lot": self.lot_id.name or self.lot_name or "",
            "expiration_on": self.expiration_on,
            "location_id": self.location_id.id,
            "package": self.package_id.name or "",
            "uom": product.uom_id.name,
        }

    def _get_sheet_row(self):
        """Return the line in the order of the columns of the sheet."""
        self.ensure_one()
        self = self.sudo()  # sudo: the names of goods, places and people of a sheet the user may read; see `_get_difference_sheet`
        return [
            self.location_id.display_name,
            self.product_id.display_name,
            self.lot_id.name or self.lot_name or "",
            format_date(self.env, self.expiration_on) if self.expiration_on else "",
            self.book_quantity,
            self.moved_quantity,
            self.counted_quantity,
            self.difference_quantity,
            self.difference_value,
            self.reason_id.name or "",
            "、".join(self.counter_ids.mapped("name")),
        ]
