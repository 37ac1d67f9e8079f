from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CosmeticsSeries(models.Model):
    """A line of products within one brand."""

    _name = "cosmetics.series"
    _description = "Brand Series"
    _order = "brand_id, sequence, name, id"

    name = fields.Char(required=True, index="trigram")
    brand_id = fields.Many2one("cosmetics.brand", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text()
    product_tmpl_ids = fields.One2many("product.template", "series_id", string="Products")

    _name_uniq = models.UniqueIndex(
        "(brand_id, lower(name))", "The brand has a series of this name already. Use it, or give the new one another name."
    )

    @api.constrains("brand_id")
    def _check_brand_of_products(self):
        products = self.env["product.template"].with_context(active_test=False).search([("series_id", "in", self.ids)])
        for product in products:
            if product.brand_id != product.series_id.brand_id:
                raise ValidationError(
                    self.env._(
                        "Series “%(series)s” is used by product “%(product)s” of brand “%(brand)s”. "
                        "Take the products out of the series before you give it to another brand.",
                        series=product.series_id.name,
                        product=product.display_name,
                        brand=product.brand_id.name,
                    )
                )
