from odoo import api, fields, models

from .product_template import check_class_codes


class ProductCategory(models.Model):
    _inherit = "product.category"

    fapiao_class_code = fields.Char(
        string="Tax Classification Code",
        size=19,
        help="19 digits, for the tax invoices of goods of this category and those below it.",
    )

    @api.constrains("fapiao_class_code")
    def _check_fapiao_class_code(self):
        check_class_codes(self)

    def _get_fapiao_class_code(self):
        """Return the code of this category or the nearest above it that has one."""
        category = self
        while category and not category.fapiao_class_code:
            category = category.parent_id
        return category.fapiao_class_code
