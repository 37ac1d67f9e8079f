from odoo import api, models


class ProductUom(models.Model):
    _inherit = "product.uom"

    @api.constrains("barcode", "product_id")
    def _check_barcode_check_digit(self):
        for packaging in self:
            packaging.product_id._check_article_number(packaging.barcode)
