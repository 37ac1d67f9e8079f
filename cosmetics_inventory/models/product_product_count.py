from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _get_box_codes(self):
        """Return {product: {code of a box: pieces in it}}."""
        codes = {}
        for box in self.env["product.uom"].search([("product_id", "in", self.ids), ("barcode", "!=", False)]):
            codes.setdefault(box.product_id, {})[box.barcode] = box.uom_id._compute_quantity(1.0, box.product_id.uom_id)
        return codes
