"""Cosmetics in stock stay cosmetics: no box on the product frees goods that may not be sold."""

from odoo import models
from odoo.exceptions import ValidationError


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def write(self, vals):
        if not vals.keys() & {"cosmetic_kind", "is_storable", "type"}:
            return super().write(vals)
        before = self.filtered("is_shelf_life_managed")
        res = super().write(vals)
        before.filtered(lambda product: not product.is_shelf_life_managed)._check_no_stock_left()
        return res

    def _check_no_stock_left(self):
        """Refuse to take goods on hand out of the rule: without batch and date they could expire, and be sold, unseen."""
        if not self:
            return
        # sudo: goods of every company and shop count, whoever maintains the product
        quants = self.env["stock.quant"].sudo()
        domain = [("product_id.product_tmpl_id", "in", self.ids), ("quantity", ">", 0)]
        domain += [("location_id.usage", "in", ("internal", "transit"))]
        if found := quants.search(domain, limit=1):
            raise ValidationError(
                self.env._(
                    "“%(product)s” is in stock (%(place)s), so it stays a cosmetic kept by batch and use-by date. "
                    "Use the stock up, scrap it or send it back first, or create another product.",
                    product=found.product_id.display_name,
                    place=found.location_id.display_name,
                )
            )
